import type { Leases, RelayEnd } from '../port.ts';

/** The leases whose relays live in this process: lease id → relay id. */
export type Carried = Map<string, string>;

/** Relay ids of the claims that are under way in this process: the database may know them before this process does. */
export type Claiming = Set<string>;

/** Ends of relays that the database has not taken yet, by relay id. */
export type Unreleased = Map<string, readonly [relay: RelayOver, end: RelayEnd]>;

/** A relay that is over. `residualId`: it showed a picture that could not be recorded; the OS session that began then gets this id. */
export type RelayOver = Parameters<Leases['released']>[0] & { readonly residualId?: string | undefined };

/** By relay id, what is to be recorded at its end: see {@link RelayOver}. */
export type Unrecorded = Map<string, string>;
