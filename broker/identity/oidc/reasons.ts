import type { Code } from '../../port.ts';

/**
 * Why a sign-in by a provider was refused: one closed list for the trail, the log and the answer. `noise` is what anybody on the internet can cause:
 * it is counted, and told in sum (decision 0032); all else takes an answer of the provider and is told at once.
 */
export const REASONS = {
  /** The browser has no transaction of that token: another browser, or a made-up cookie. */
  'other-browser': { code: 'provider-sign-in-over', noise: true },
  'took-too-long': { code: 'provider-sign-in-over', noise: true },
  'answer-replayed': { code: 'provider-sign-in-over', noise: true },
  'state-wrong': { code: 'provider-state-wrong', noise: true },
  /** Came from, or names, another provider than the one that was asked (RFC 9207). */
  'issuer-wrong': { code: 'provider-issuer-wrong', noise: true },
  'declined': { code: 'provider-declined', noise: true },
  'answer-malformed': { code: 'provider-state-wrong', noise: true },
  'code-refused': { code: 'provider-code-refused', noise: true },
  'unavailable': { code: 'provider-unavailable', noise: true },
  'token-invalid': { code: 'provider-token-refused', noise: false },
  'algorithm-wrong': { code: 'provider-token-refused', noise: false },
  'signature-wrong': { code: 'provider-token-refused', noise: false },
  'token-issuer-wrong': { code: 'provider-token-refused', noise: false },
  'audience-wrong': { code: 'provider-token-refused', noise: false },
  'nonce-wrong': { code: 'provider-token-refused', noise: false },
  'token-expired': { code: 'provider-token-refused', noise: false },
  'proved-too-long-ago': { code: 'provider-token-refused', noise: false },
  'signed-out-meanwhile': { code: 'provider-sign-in-over', noise: false },
  'not-linked': { code: 'provider-account-unknown', noise: false },
  'linked-otherwise': { code: 'provider-account-unknown', noise: false },
  'other-organisation': { code: 'provider-account-unknown', noise: false },
  'username-taken': { code: 'provider-account-unknown', noise: false },
  'unit-unknown': { code: 'provider-account-unknown', noise: false },
  'claims-missing': { code: 'provider-claims-missing', noise: false },
  'account-disabled': { code: 'account-disabled', noise: false },
} as const satisfies Record<string, { readonly code: Code; readonly noise: boolean }>;

export type ProviderReason = keyof typeof REASONS;

/** Thrown where a provider's answer, or what came of it, is refused. Becomes a refusal, and is on the trail, in finish.ts alone. */
export class AnswerRefused extends Error {
  override readonly name = 'AnswerRefused';
  readonly why: ProviderReason;
  /** Of the provider's subject, where its token was believed. */
  readonly subject: string | undefined;

  constructor(why: ProviderReason, { subject, cause }: { readonly subject?: string; readonly cause?: unknown } = {}) {
    super(why, { cause });
    this.why = why;
    this.subject = subject;
  }
}
