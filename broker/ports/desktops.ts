import type { LevelInForce, Protocol, SignedIn } from '../vocabulary.ts';

export type Desktops = {
  /** The desktops this person may ask for, with what is known of their state now. */
  listFor(person: SignedIn): Promise<readonly DesktopView[]>;
  /** The pools this person may ask for a desktop of. */
  poolsFor(person: SignedIn): Promise<readonly PoolView[]>;
  /** The level that holds for the person's organisation. */
  levelFor(person: SignedIn): Promise<LevelInForce>;
};

export type PoolView = {
  readonly id: string;
  readonly name: string;
  readonly credentials: 'stored' | 'ask';
  /** `full`: every desktop of it is taken, or its seats are. */
  readonly state: 'ready' | 'in-use-by-me' | 'full' | 'disabled';
  readonly leaseId?: string;
};

export type DesktopView = {
  readonly id: string;
  readonly name: string;
  readonly protocol: Protocol;
  readonly credentials: 'stored' | 'ask';
  /** `in-use-by-me`: the person holds a lease on it; `in-use`: somebody else does; `unreachable`: nothing answers at its address. */
  readonly state: 'ready' | 'in-use' | 'in-use-by-me' | 'unreachable' | 'disabled';
  readonly leaseId?: string;
  /** When the state was last measured. */
  readonly checkedAt?: Date;
};
