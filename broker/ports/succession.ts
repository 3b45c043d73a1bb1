import type { Page, RequestOrigin, SignedIn } from '../vocabulary.ts';

/**
 * Who stands in for the activation authority (代行順位), and deputies (代行) with an end. A deputy may approve levels and My Number
 * exceptions until then, and nothing else of the authority's: no own request, no deputy of their own, not the order.
 * Whatever changes something needs a second factor proved lately (`step-up-required`).
 */
export type Succession = {
  /** Throws `forbidden`. */
  view(person: SignedIn): Promise<SuccessionView>;
  /** People who could be put into the order, by part of a name; 20 at most. */
  candidates(input: { person: SignedIn; search?: string }): Promise<readonly Candidate[]>;
  /** `people` in order, nobody twice. Throws `succession-unsuitable`, `deputy-cannot`. */
  proposeOrder(input: { person: SignedIn; people: readonly string[]; reason: string; origin: RequestOrigin }): Promise<SuccessionView>;
  /** By another person than the proposer. Throws `own-proposal`, `proposal-closed`, `not-found`, `succession-unsuitable`. */
  approveOrder(input: { person: SignedIn; orderId: string; origin: RequestOrigin }): Promise<SuccessionView>;
  /** By the proposer, or by whoever may approve it. Throws `proposal-closed`, `not-found`, `forbidden`. */
  withdrawOrder(input: { person: SignedIn; orderId: string; origin: RequestOrigin }): Promise<SuccessionView>;
  /** By the authority itself, to somebody of the order. Throws `deputy-not-next`, `deputy-cannot`, `request-invalid` for an end that policy does not allow. */
  handOver(input: { person: SignedIn; deputyId: string; reason: string; until?: Date; origin: RequestOrigin }): Promise<SuccessionView>;
  /** By somebody of the order, who says that the authority and those before are absent. Throws `deputy-not-next`. */
  declare(input: { person: SignedIn; reason: string; until?: Date; origin: RequestOrigin }): Promise<SuccessionView>;
  /** By the deputy, the authority, or anybody who was said to be absent. Throws `deputyship-over`, `not-found`, `forbidden`. */
  end(input: { person: SignedIn; deputyshipId: string; origin: RequestOrigin }): Promise<SuccessionView>;
  /** What people did about level, order, deputies and exceptions, newest first. */
  acts(input: { person: SignedIn; cursor?: string; limit?: number }): Promise<Page<ContinuityAct>>;
};

export type Named = { readonly id: string; readonly displayName: string };
export type Candidate = Named & { readonly unitName: string };

export type SuccessionView = {
  /** Who may approve by their own right. */
  readonly heads: readonly Named[];
  /** In force; empty where nobody stands in. */
  readonly order: readonly Candidate[];
  readonly proposals: readonly OrderProposal[];
  readonly deputyship?: Deputyship;
  /** Of the asking person. */
  readonly may: { readonly propose: boolean; readonly approve: boolean; readonly handOver: boolean; readonly declare: boolean; readonly endDeputyship: boolean };
  /** Seconds that a deputyship lasts at most; null without a policy. */
  readonly longest: number | null;
};

export type OrderProposal = {
  readonly id: string;
  readonly people: readonly Candidate[];
  readonly reason: string;
  readonly proposedBy: Named;
  readonly proposedAt: Date;
  readonly closesAt: Date;
  readonly own: boolean;
};

export type Deputyship = {
  readonly id: string;
  readonly deputy: Named;
  readonly how: 'handed-over' | 'declared';
  readonly begunBy: Named;
  /** Whose return ends it. */
  readonly absent: readonly Named[];
  readonly reason: string;
  readonly since: Date;
  readonly until: Date;
  readonly own: boolean;
};
export type DeputyEnd = 'by-head' | 'by-deputy' | 'returned' | 'expired' | 'replaced';

export type ActKind =
  | 'level-proposed'
  | 'level-changed'
  | 'level-withdrawn'
  | 'order-proposed'
  | 'order-approved'
  | 'order-withdrawn'
  | 'deputy-handed-over'
  | 'deputy-declared'
  | `deputy-${DeputyEnd}`
  | 'exception-asked'
  | 'exception-agreed'
  | 'exception-ended';

export type ContinuityAct = {
  /** Of what it was done to. */
  readonly id: string;
  readonly kind: ActKind;
  readonly at: Date;
  /** Display names. Nobody where time did it. */
  readonly by?: string;
  readonly about?: string;
  readonly level?: '0' | '1' | '2' | '3' | 'R';
  readonly until?: Date;
  readonly reason: string;
  readonly asDeputy: boolean;
};
