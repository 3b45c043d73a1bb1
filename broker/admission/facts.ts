import type { SeatCount } from '../seats/counts.ts';
import type { SeatsWanted } from '../seats/room-for-all.ts';
import type { LevelInForce, PriorityClass, Site, Zone } from '../port.ts';
import type { Policy } from '../policy/policy.ts';

/** Everything an admission decision may depend on, as it was while the transaction held its locks. */
export type Facts = {
  /** Undefined when there is none that can be read. */
  readonly policy: Policy | undefined;
  readonly account: 'active' | 'disabled';
  /** Whether the person holds the role of staff. */
  readonly staff: boolean;
  readonly organisationName: string;
  /** `stopped`: everybody of the person's unit or organisation was sent away, and two people have not let them in again. */
  readonly entry: 'open' | 'stopped';
  readonly level: LevelInForce;
  /** Undefined: the person's organisation has no such desktop, or the pool has none left for the person. */
  readonly desktop: DesktopFacts | undefined;
  /** The pool that was asked for, or that the desktop belongs to. */
  readonly pool: PoolFacts | undefined;
  /** The desktop to the person, or its pool to the person or to a unit above the person. */
  readonly assigned: boolean;
  /** Undefined: the person does not hold this duty. */
  readonly duty: DutyFacts | undefined;
  /** The other duties of the person, for what a refusal can offer instead. */
  readonly otherDuties: readonly DutyFacts[];
  /** Derived from the network; undefined when no range of the policy holds the address. */
  readonly site: Site | undefined;
  /** Of the desktop. */
  readonly occupancy: Occupancy;
  /** Every limit that counts here; none means that seats are not limited. */
  readonly seats: readonly SeatCount[];
  /** Who waits before; undefined where nobody waits, for one whose turn it is, and where there is no seat in any case. */
  readonly before?: WaitingBefore;
  /** When it is asked. */
  readonly at: Date;
  readonly credentials: 'stored' | 'given' | 'missing';
  /** The person has acknowledged the rules of telework in the version in force; absent: not. */
  readonly acknowledged?: boolean;
  /** Days (JST) on which the person worked by telework, and for which duty: as far back as some limit counts. */
  readonly teleworkDays?: readonly WorkedDay[];
  /** The My Number exception that holds for the person and duty now. */
  readonly exception?: ExceptionFacts | undefined;
  /** Registered to the person, and proved: in this sign-in, or for this opening of a relay. */
  readonly device?: DeviceFacts | undefined;
  /** The person signed in by a shelter bypass. */
  readonly bypass?: BypassFacts | undefined;
};

export type DeviceFacts = { readonly id: string };

/** `elsewhere`: the person's open sessions on other desktops. */
export type BypassFacts = { readonly elsewhere: number };

export type WorkedDay = { readonly day: string; readonly dutyId: string };

/** `proved`: with a second factor proved lately, or on the way back to a session that was. */
export type ExceptionFacts = { readonly id: string; readonly proved: boolean };

/** `targetSeconds` of the duty; absent or null: the target time of its class. */
export type DutyFacts = { readonly id: string; readonly name: string; readonly class: PriorityClass; readonly zone: Zone; readonly targetSeconds?: number | null; /** It was handed over for a time. */ readonly delegation?: { readonly id: string; readonly endsAt: Date } };

export type DesktopFacts = {
  readonly status: 'active' | 'disabled';
  readonly weight: number;
  readonly kind: 'exclusive' | 'multi-session';
  /** Sessions at once; 1 for an exclusive one. */
  readonly sessions: number;
};

export type PoolFacts = {
  readonly status: 'active' | 'disabled';
  /** `personal`: everybody enters with an own OS log-in. */
  readonly logIn: 'personal' | 'shared';
  /** `proved`: a desktop that was used is reported clean before the next person enters. */
  readonly cleanUp: 'none' | 'proved';
  /** True: the pool itself was asked for, not one desktop of it. */
  readonly asked: boolean;
};

export type Occupancy = {
  /** The person holds an open lease on it, which is given again. */
  readonly mine: boolean;
  /** Open leases of other people. */
  readonly others: number;
  /** Another person's OS session lives on there. Nobody else is let onto an exclusive desktop meanwhile. */
  readonly residualOfAnother: boolean;
};

/** Those who come before. `machine`: somebody of them waits for the same desktop or pool. */
export type WaitingBefore = SeatsWanted & { readonly machine: boolean };
