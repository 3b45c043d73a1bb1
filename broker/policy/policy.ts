import type { Site, Zone } from '../port.ts';

/** The rules in force, as policies/access.yaml states them. */
export type Policy = {
  /** SHA-256 (hex) of the file's bytes. Each decision cites it. */
  readonly version: string;
  readonly networks: readonly Network[];
  /** The site of an address that no network holds; undefined: such an address is refused. */
  readonly everywhereElse: Site | undefined;
  readonly zones: Readonly<Record<Zone, Readonly<Record<Site, Access>>>>;
  readonly seats: SeatLimits;
  readonly durations: Durations;
};

/** What a zone asks of a site. Ordered from loose to strict. */
export const ACCESS = ['allow', 'registered-device', 'exception', 'forbid'] as const;
export type Access = (typeof ACCESS)[number];

/** `ranges` are CIDR; `organisation` is an organisation's name, or undefined where the network is everybody's. */
export type Network = { readonly site: Site; readonly ranges: readonly string[]; readonly organisation: string | undefined };

/** By weight. `organisations` goes by name. What is not there is not limited. */
export type SeatLimits = { readonly total: number | undefined; readonly organisations: Readonly<Record<string, number>> };

/** In seconds. */
export type Durations = {
  /** The longest a lease lasts from its grant. */
  readonly lease: number;
  /** A granted lease that no relay has claimed by then ends. */
  readonly unused: number;
  /** How long a desktop is kept for a person whose browser is gone. */
  readonly parking: number;
};

/** Gives the policy in force now, or undefined when there is none that can be read: then everything is refused. */
export type PolicySource = { current(): Promise<Policy | undefined> };
