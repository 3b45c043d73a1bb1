import type { PriorityClass, Site, Zone } from '../port.ts';
import type { Access } from '../policy/policy.ts';

/** Everything an admission decision may depend on, as it was while the transaction held its locks. */
export type Facts = {
  /** SHA-256 of the policy in force; undefined when there is none that can be read. */
  readonly policyVersion: string | undefined;
  readonly account: 'active' | 'disabled';
  /** Undefined: the person's organisation has no such desktop. */
  readonly desktop: { readonly status: 'active' | 'disabled'; readonly weight: number } | undefined;
  readonly assigned: boolean;
  /** Undefined: the person does not hold this duty. */
  readonly duty: { readonly class: PriorityClass; readonly zone: Zone } | undefined;
  /** Derived from the network; undefined when no range of the policy holds the address. */
  readonly site: Site | undefined;
  /** What the policy says of the duty's zone at the site; undefined when either is. */
  readonly access: Access | undefined;
  /** Who holds the open lease on the desktop. */
  readonly occupant: 'nobody' | 'requester' | 'somebody-else';
  /** Every limit that counts here; none means that seats are not limited. */
  readonly seats: readonly SeatCount[];
  readonly credentials: 'stored' | 'given' | 'missing';
};

/** Seats are counted by weight. */
export type SeatCount = { readonly scope: 'total' | 'organisation'; readonly seats: number; readonly taken: number };
