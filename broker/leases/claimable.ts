import type { Code } from '../codes.ts';
import { overdue, type Deadlines } from './overdue.ts';
import type { EndedBecause } from './transitions.ts';

/** Why no relay may carry this lease now, or undefined when one may. One relay carries a lease at a time. */
export function whyNotClaimable(lease: Deadlines & { readonly endedBecause: EndedBecause | null }, now: Date): Code | undefined {
  if (lease.state === 'ended') return lease.endedBecause === 'lease-expired' ? 'lease-expired' : 'lease-ended';
  if (overdue(lease, now) !== undefined) return 'lease-expired';
  return lease.state === 'active' ? 'lease-in-use' : undefined;
}
