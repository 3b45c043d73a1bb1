import type { RelayEnd } from '../port.ts';
import type { EndedBecause } from './transitions.ts';

/** What the end of a relay does to its lease: only a person who merely left keeps it. */
export function afterRelay(cause: RelayEnd['cause']): 'parked' | EndedBecause {
  switch (cause) {
    case 'left':
      return 'parked';
    case 'desktop-ended':
    case 'desktop-unreachable':
    case 'guacd-unreachable':
    case 'desktop-log-in-failed':
      return cause;
    case 'protocol-violation':
      return 'request-invalid';
    case 'gateway-stopping':
      return 'service-unavailable';
    case 'too-slow':
    case 'ended-by-gateway':
      return 'lease-ended';
  }
}
