import type { Code } from '../codes.ts';
import type { Help, PriorityClass, RequestOrigin, SignedIn } from '../vocabulary.ts';
import type { LeaseView } from './leases.ts';

/** The queue (順番待ち) for seats and desktops, as the person who waits sees it. */
export type Waiting = {
  /** The own place, if there is one, and those that ended in the last ten minutes. Each look keeps the place. */
  list(input: { person: SignedIn; origin: RequestOrigin }): Promise<readonly WaitingView[]>;
  /** Throws `wait-unknown` for what is not there and for what is another person's. */
  get(input: { person: SignedIn; waitingId: string; origin: RequestOrigin }): Promise<WaitingView>;
  /** Gives the place up; giving up what is over changes nothing. Throws `wait-unknown`. */
  leave(input: { person: SignedIn; waitingId: string; origin: RequestOrigin }): Promise<void>;
  /**
   * A session that has notice to yield goes on a little longer, once, for a reason. Throws `lease-unknown`, and `not-extendable`
   * where it does not yield, was extended already, or the policy allows none.
   */
  extend(input: { person: SignedIn; leaseId: string; reason: string; origin: RequestOrigin }): Promise<LeaseView>;
};

export type WaitEndedBecause = 'admitted' | 'left' | 'not-seen' | 'replaced' | Code;

export type WaitingView = {
  readonly id: string;
  readonly state: 'waiting' | 'admitted' | 'ended';
  readonly desktopId?: string;
  readonly poolId?: string;
  /** Of the desktop or the pool. */
  readonly name: string;
  readonly dutyId: string;
  readonly dutyName: string;
  readonly class: PriorityClass;
  readonly arrivedAt: Date;
  /** A more urgent duty took the seat: goes before others of the class. */
  readonly returning: boolean;
  /** Has waited so long that it counts as one class more urgent. */
  readonly lifted: boolean;
  /** From when on the class is due; absent where it is. */
  readonly dueAt?: Date;
  /** 1 is next. */
  readonly place?: number;
  readonly waiting?: number;
  readonly moreUrgent?: number;
  readonly reasons: readonly Code[];
  /** The soonest first. */
  readonly freeing: readonly Freeing[];
  readonly estimate: Estimate;
  readonly help: readonly Help[];
  readonly keptUntil: Date;
  readonly leaseId?: string;
  readonly sitDownBy?: Date;
  readonly endedAt?: Date;
  readonly endedBecause?: WaitEndedBecause;
};

/** What would free a seat. */
export type Freeing =
  | { readonly kind: 'session-ends'; /** At the latest. */ readonly by: Date; readonly sessions: number }
  | { readonly kind: 'session-yields'; readonly by: Date }
  | { readonly kind: 'class-due'; readonly at: Date }
  | { readonly kind: 'desktop-free'; readonly by?: Date };

/** `between`: in eight of ten cases, reckoned from `seats` that became free lately. */
export type Estimate =
  | { readonly kind: 'between'; readonly from: Date; readonly to: Date; readonly seats: number }
  | { readonly kind: 'at-the-latest'; readonly by: Date }
  | { readonly kind: 'unknown' };
