/** The leases whose relays live in this process: lease id → relay id. */
export type Carried = Map<string, string>;
