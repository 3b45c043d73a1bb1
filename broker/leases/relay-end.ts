import type { RelayEnd } from '../port.ts';
import type { EndedBecause } from './transitions.ts';

const AFTER: Readonly<Record<RelayEnd['cause'], 'parked' | EndedBecause>> = {
  left: 'parked',
  'desktop-ended': 'desktop-ended',
  'desktop-unreachable': 'desktop-unreachable',
  'guacd-unreachable': 'guacd-unreachable',
  'desktop-log-in-failed': 'desktop-log-in-failed',
  'protocol-violation': 'request-invalid',
  'too-slow': 'lease-ended',
  'ended-by-gateway': 'lease-ended',
  'gateway-stopping': 'service-unavailable',
};

/** What the end of a relay does to its lease: only a person who merely left keeps it. */
export function afterRelay(cause: RelayEnd['cause']): 'parked' | EndedBecause {
  return AFTER[cause];
}
