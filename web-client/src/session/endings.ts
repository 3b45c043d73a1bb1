import { CODES, type Code } from '../../../broker/codes.ts';
import type { Lease } from '../../../gateway/http/schemas/index.ts';

/** Ends of a session that are no code of the API: those of a lease, and those that only the page sees. Keys of the catalogues' `endings`. */
export const endings = ['ended-by-owner', 'not-used', 'desktop-ended', 'parking-expired', 'sign-in-ended', 'duty-changed', 'line-lost', 'left', 'too-slow', 'desktop-error'] as const;
export type Ending = (typeof endings)[number];

/** The status of a relay that was not admitted, whatever the reason: most reasons have no status of their own. */
export const notAdmitted: number = CODES.forbidden.guacamole;

/** Stands for a line that broke without a word; no relay closes with it. */
export const lineLost = -1;

export type Ended = {
  readonly because: Ending | Code;
  /** `reconnect`: the lease is still open, so the same session can be entered again; `desktops`: only a new one helps. */
  readonly wayOn: 'reconnect' | 'desktops';
};

/**
 * What to tell a person whose relay closed with this Guacamole status; null for one who came to a lease that no longer
 * carries. The lease's own end says more than the status, where there is one. `lease` undefined: it could not be read.
 */
export function endedBecause(status: number | null, lease: Pick<Lease, 'state' | 'endedBecause'> | undefined): Ended {
  if (lease?.state === 'ended') return { because: lease.endedBecause ?? 'lease-ended', wayOn: 'desktops' };
  if (status === null) return { because: 'lease-unknown', wayOn: 'desktops' };
  const reachable = lease !== undefined || status === lineLost;
  return { because: byStatus.get(status) ?? 'internal-error', wayOn: reachable ? 'reconnect' : 'desktops' };
}

/**
 * Statuses of the Guacamole protocol ("Status codes") as a relay that is carrying, or about to carry, a session means
 * them. Where the code table has several codes for one status, the one that can befall a person who is signed in.
 */
const byStatus = new Map<number, Ending | Code>([
  [lineLost, 'line-lost'],
  [0x000, 'left'],
  [0x200, 'internal-error'],
  [0x201, 'service-unavailable'],
  [0x202, 'guacd-unreachable'],
  [0x203, 'desktop-error'],
  [0x204, 'lease-unknown'],
  [0x205, 'lease-in-use'],
  [0x206, 'desktop-ended'],
  [0x207, 'desktop-unreachable'],
  [0x208, 'desktop-unreachable'],
  [0x209, 'lease-in-use'],
  [0x20a, 'lease-expired'],
  [0x20b, 'lease-ended'],
  [0x300, 'request-invalid'],
  [0x301, 'desktop-log-in-failed'],
  [0x303, 'forbidden'],
  [0x308, 'line-lost'],
  [0x30d, 'too-slow'],
]);

export function isCode(because: Ending | Code): because is Code {
  return Object.hasOwn(CODES, because);
}
