import type { Leases } from '../port.ts';

/** The leases whose relays live in this process: lease id → relay id. */
export type Carried = Map<string, string>;

/** Relay ids of the claims that are under way in this process: the database may know them before this process does. */
export type Claiming = Set<string>;

/** Ends of relays that the database has not taken yet, by relay id. */
export type Unreleased = Map<string, Parameters<Leases['released']>>;
