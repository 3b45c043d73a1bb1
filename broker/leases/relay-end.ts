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
  'gateway-stopping': 'parked',
};

/** What the end of a relay does to its lease: a person who merely left keeps it, and so does one whose gateway stops, for another gateway can carry it. */
export function afterRelay(cause: RelayEnd['cause']): 'parked' | EndedBecause {
  return AFTER[cause];
}
