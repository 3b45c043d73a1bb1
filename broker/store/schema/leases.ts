export type LeaseTables = Record<never, never>;
