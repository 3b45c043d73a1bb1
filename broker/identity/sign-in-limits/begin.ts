import type { Actor } from '../../audit/index.ts';
import { readLevel } from '../../continuity/in-force.ts';
import type { Role } from '../../port.ts';
import { sql, type Transaction } from '../../store/index.ts';
import type { StepDeps } from '../deps.ts';
import { endSignIns } from '../ending.ts';
import { limitsOf } from './limits.ts';

type Person = { readonly personId: string; readonly organisationId: string };
export type FirstLimits = { readonly expiresAt: Date; readonly idleSeconds: number; readonly warnSeconds: number; readonly atOnce: number };

/**
 * The limits of a sign-in that begins now. Until the transaction ends no other one of the person begins, so that of any number at
 * once no more stand than may.
 * @param now its beginning, which its end is counted from
 * @param longestSeconds where this sign-in is to be shorter than the policy lets it be
 */
export async function firstLimits(transaction: Transaction, { limitRules }: Pick<StepDeps, 'limitRules'>, { personId, organisationId }: Person, { now, longestSeconds = Infinity }: { now: Date; longestSeconds?: number | undefined }): Promise<FirstLimits> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-ins of ${personId}`}, 0))`.execute(transaction);
  const granted = await transaction.selectFrom('role_grant').where('person_id', '=', personId).select('role').distinct().execute();
  const rules = limitRules.now();
  const { level } = await readLevel(transaction, organisationId, now);
  const { idle, absolute, atOnce } = limitsOf(rules, granted.map(({ role }): Role => role), level);
  return { expiresAt: new Date(now.getTime() + Math.min(absolute, longestSeconds) * 1000), idleSeconds: idle, warnSeconds: rules.warnBefore, atOnce };
}

/** Ends the oldest sign-ins beyond so many, this one aside. */
export async function makeRoom(transaction: Transaction, deps: Pick<StepDeps, 'clock' | 'trail' | 'endLeasesOf'>, { personId, keep, atOnce, by }: { personId: string; keep: string; atOnce: number; by: Actor & { readonly address?: string } }): Promise<void> {
  if (!Number.isFinite(atOnce)) return;
  const others = await transaction
    .selectFrom('sign_in')
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where('id', '<>', keep)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .offset(atOnce - 1)
    .select('id')
    .execute();
  await endSignIns(transaction, deps, { which: { signInIds: others.map(({ id }) => id) }, why: 'too-many', by });
}
