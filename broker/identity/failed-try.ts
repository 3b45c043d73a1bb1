import { events, type Actor, type AuditEvent } from '../audit/index.ts';
import { Refusal, type NoticeKind } from '../port.ts';
import type { CodeFound } from './code-found.ts';
import { refusal } from './refusals.ts';
import { driftOf } from './totp/totp.ts';

type Circumstances = { readonly actor: Actor; readonly organisationId: string; readonly address: string };

const MARK = Symbol('failed try');

/** A try that failed. `wrong` counts as a guess; `used` is a code played again: no guess, but somebody may have looked over a shoulder. */
export type FailedTry = { readonly [MARK]: true; readonly refusal: Refusal } & (
  | { readonly failed: 'wrong' }
  | { readonly failed: 'used'; replayed(circumstances: Circumstances): AuditEvent; /** What the person is told of it. */ readonly warns: NoticeKind | undefined }
);

export function failedTry(answer: unknown): FailedTry | undefined {
  return typeof answer === 'object' && answer !== null && MARK in answer ? (answer as FailedTry) : undefined;
}

export const wrongTry = (why: Refusal = refusal('one-time-code-wrong')): FailedTry => ({ [MARK]: true, failed: 'wrong', refusal: why });

/** The code of a phone whose clock is off. Told only to whoever has shown the password. */
export const farTry = ({ off }: Extract<CodeFound, { is: 'far' }>): FailedTry => wrongTry(new Refusal('one-time-code-clock-drift', { clockDrift: driftOf(off) }));

/** @param quiet where the same browser sent one code twice: nobody has to be warned of that */
export function usedTry({ authenticatorId, step }: Pick<CodeFound, 'authenticatorId' | 'step'>, quiet = false): FailedTry {
  return {
    [MARK]: true,
    failed: 'used',
    refusal: refusal('one-time-code-used'),
    replayed: (circumstances) => events.usedCodeReplayed({ ...circumstances, authenticatorId, step }),
    warns: quiet ? undefined : 'used-code',
  };
}

export function usedRecoveryCode(codeId: string): FailedTry {
  return {
    [MARK]: true,
    failed: 'used',
    refusal: refusal('recovery-code-used'),
    replayed: (circumstances) => events.usedRecoveryCodeReplayed({ ...circumstances, codeId }),
    warns: 'used-recovery-code',
  };
}
