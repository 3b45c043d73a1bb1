import type { Page, RequestOrigin, SignedIn } from '../vocabulary.ts';
import type { CompleteSignIn, SessionToken } from './sign-ins.ts';
import type { Candidate, Named } from './succession.ts';

/**
 * The shelter bypass (避難所バイパス): somebody without phone and without codes signs in once, with the password and a code that a shelter
 * manager passes on. One person issues it, another one approves it, either with a second factor proved lately.
 */
export type Bypasses = {
  /** Newest first; `open`: only those that wait, can be used or are in use. */
  list(input: { person: SignedIn; open: boolean; cursor?: string; limit?: number }): Promise<Page<Bypass>>;
  /** Whom one may issue it for, and who may vouch. */
  candidates(input: { person: SignedIn; search?: string }): Promise<BypassCandidates>;
  /** Throws `own-bypass`, `bypass-not-now`, `bypass-limit-reached`, `bypass-unsuitable`, `not-found`. */
  issue(input: { person: SignedIn; bypass: NewBypass; origin: RequestOrigin }): Promise<Bypass>;
  /** By another person than who issued it, who uses it and who vouches. The code is told once, here. Throws `own-bypass`, `bypass-closed`, `bypass-not-now`, `not-found`. */
  approve(input: { person: SignedIn; bypassId: string; origin: RequestOrigin }): Promise<{ readonly bypass: Bypass; readonly code: string }>;
  /** At once, by one person: a sign-in that rests on it ends. Throws `bypass-closed`, `not-found`. */
  end(input: { person: SignedIn; bypassId: string; reason: string; origin: RequestOrigin }): Promise<Bypass>;
  /** Finishes a half-finished sign-in. Throws `bypass-code-wrong`, `bypass-not-at-site`, `bypass-not-now`, `too-many-attempts`, `sign-in-required`. */
  use(input: { token: SessionToken; code: string; origin: RequestOrigin }): Promise<CompleteSignIn>;
};

export type NewBypass = { readonly personId: string; /** Name of the evacuation site. */ readonly shelter: string; readonly voucherId: string; /** How the shelter manager was reached. */ readonly reachedBy: string; readonly reason: string };

/** `people`: the first twenty whose name has what is looked for. `limits` as the policy in force has them, in seconds; absent: there is no bypass. */
export type BypassCandidates = {
  readonly people: readonly Candidate[];
  readonly vouchers: readonly Candidate[];
  readonly limits?: { readonly redeemWithin: number; readonly lasts: number; readonly fromLevel: 0 | 1 | 2 | 3 };
};

export type Bypass = {
  readonly id: string;
  /** `usable`: approved, and not used yet; `missed`: it was not used in time; `lapsed`: nobody approved it in time. */
  readonly state: 'waiting' | 'usable' | 'in-use' | 'over' | 'missed' | 'lapsed' | 'ended';
  readonly person: Candidate;
  readonly shelter: string;
  readonly voucher: Named;
  readonly reachedBy: string;
  readonly reason: string;
  readonly issuedBy: Named;
  readonly issuedAt: Date;
  readonly closesAt: Date;
  readonly approvedBy?: Named;
  readonly approvedAt?: Date;
  readonly asDeputy?: boolean;
  readonly redeemUntil?: Date;
  readonly usedAt?: Date;
  readonly usedFrom?: string;
  /** When the sign-in ends or ended. */
  readonly until?: Date;
  readonly endedBy?: Named;
  readonly endedAt?: Date;
  readonly endReason?: string;
  /** Of the asking person. */
  readonly may: { readonly approve: boolean; readonly end: boolean };
};
