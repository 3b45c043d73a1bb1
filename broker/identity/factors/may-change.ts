import type { SignedIn, SignInMethod } from '../../port.ts';

/** By a recovery code, whatever went before it. */
export const BY_RECOVERY_CODE: readonly SignInMethod[] = ['password-recovery', 'oidc-recovery'];
/** Methods that leave open who sits there: a found sheet of paper would do. */
const ON_TRUST: readonly SignInMethod[] = [...BY_RECOVERY_CODE, 'bypass'];

/**
 * Whether factors may be changed in a sign-in: enrolled, removed, codes issued anew. One by recovery code may only once the
 * person has proved a factor of their own in it, or an administrator has had them before them; one by bypass never.
 * @param reprovedAt when an administrator vouched for this sign-in
 * @param reProofSeconds how long that holds; undefined: no policy says so, and it does not
 */
export function mayChangeFactors(
  { method, since, provedAt }: Pick<SignedIn, 'method' | 'since' | 'provedAt'>,
  { reprovedAt, reProofSeconds, now }: { reprovedAt: Date | null; reProofSeconds: number | undefined; now: Date },
): boolean {
  if (!ON_TRUST.includes(method)) return true;
  if (method === 'bypass') return false;
  return provedOwnFactor({ method, since, provedAt }) || reproofHolds(reprovedAt, reProofSeconds, now);
}

/** A moment in the future holds nothing: a clock was put back. */
export function reproofHolds(reprovedAt: Date | null, reProofSeconds: number | undefined, now: Date): boolean {
  if (reprovedAt === null || reProofSeconds === undefined) return false;
  const age = (now.getTime() - reprovedAt.getTime()) / 1000;
  return age >= 0 && age <= reProofSeconds;
}

/** Whether the second factor of this sign-in was ever one that the person holds: at the entrance, or by a step-up since. */
export function provedOwnFactor({ method, since, provedAt }: Pick<SignedIn, 'method' | 'since' | 'provedAt'>): boolean {
  return !ON_TRUST.includes(method) || provedAt > since;
}
