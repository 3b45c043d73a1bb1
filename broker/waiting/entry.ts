import type { LevelInForce, PriorityClass } from '../port.ts';

/** One place in the queue (順番待ち), as the rules see it. */
export type Entry = {
  readonly id: string;
  readonly personId: string;
  readonly organisationId: string;
  /** Name of the organisation, then those of the units from the top down. */
  readonly path: readonly string[];
  readonly class: PriorityClass;
  /** Of the duty; null: the target time of its class. */
  readonly targetSeconds: number | null;
  readonly weight: number;
  /** The one desktop that is asked for; undefined: any one of the pool. */
  readonly desktopId: string | undefined;
  /** The pool that is asked for, or that the desktop belongs to: its seats count for both. */
  readonly poolId: string | undefined;
  readonly arrivedAt: Date;
  /** A more urgent duty took the seat. */
  readonly returning: boolean;
  /** A session has yielded its seat to it already. */
  readonly promised: boolean;
  /** The person's page was there lately. Who is away keeps the place and is passed over. */
  readonly present: boolean;
  /** An OS session of the person lives on the desktop, or on one of the pool: that one is theirs. */
  readonly own: boolean;
};

/** One open lease, as the rules of seats and of preemption see it. */
export type Holder = {
  readonly leaseId: string;
  readonly personId: string;
  readonly organisationId: string;
  readonly path: readonly string[];
  readonly class: PriorityClass;
  readonly weight: number;
  readonly desktopId: string;
  readonly poolId: string | undefined;
  /** Since when the person has had the seat. */
  readonly seatedAt: Date;
  /** Of the last input; the disconnect, where the browser is gone. */
  readonly idleSince: Date;
  /** Admitted although the class was not due. */
  readonly surplus: boolean;
  /** The place for which it has notice to yield. */
  readonly yieldsTo: string | undefined;
  /** It ends soon for another reason. */
  readonly closing: boolean;
};

/** Everything that the seats of an installation are given by, at one instant. */
export type SeatState = {
  readonly holders: readonly Holder[];
  readonly waiting: readonly Entry[];
  /** By organisation. */
  readonly levels: ReadonlyMap<string, LevelInForce>;
  /** Seats of each pool that is limited. */
  readonly poolSeats: ReadonlyMap<string, number>;
  /** Places on desktops of each pool that a person could get who has none there. */
  readonly poolRoom: ReadonlyMap<string, number>;
  /** The same on each desktop that somebody waits for. */
  readonly desktopRoom: ReadonlyMap<string, number>;
};
