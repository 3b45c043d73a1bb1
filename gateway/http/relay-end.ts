import { CODES, type RelayEnd } from '../../broker/port.ts';
import type { SessionEnd, SessionEndCause } from '../relay/index.ts';

const CAUSES: Readonly<Record<SessionEndCause, RelayEnd['cause']>> = {
  'client-left': 'left',
  'client-protocol-error': 'protocol-violation',
  'client-too-slow': 'too-slow',
  'desktop-ended': 'desktop-ended',
  'desktop-unreachable': 'desktop-unreachable',
  'guacd-unreachable': 'guacd-unreachable',
  'guacd-protocol-error': 'protocol-violation',
  // guacd does not know a parameter that keeps a channel shut, so no session can be had through it.
  'handshake-refused': 'guacd-unreachable',
  'ended-by-gateway': 'ended-by-gateway',
  'gateway-stopping': 'gateway-stopping',
};

/**
 * Whether a wrong password may be behind it: guacd 1.3 tells a VNC log-in that failed as a desktop that is not there. Whether the
 * desktop's port accepts connections tells the two apart.
 */
export function maybeLogInFailed({ cause, status, connectedAt }: SessionEnd, protocol: 'rdp' | 'vnc'): boolean {
  return protocol === 'vnc' && cause === 'desktop-unreachable' && status === CODES['desktop-unreachable'].guacamole && connectedAt === undefined;
}

/** What the broker is told about a relay that is over. */
export function relayEnd(end: SessionEnd, now: Date): RelayEnd {
  const { cause, status, connectedAt, bytesToBrowser, bytesFromBrowser, refused } = end;
  const logInFailed = status === CODES['desktop-log-in-failed'].guacamole && (cause === 'desktop-ended' || cause === 'desktop-unreachable');
  return {
    cause: logInFailed ? 'desktop-log-in-failed' : CAUSES[cause],
    status,
    connectedSeconds: connectedAt ? Math.max(0, Math.round((now.getTime() - connectedAt.getTime()) / 1000)) : 0,
    bytesToBrowser,
    bytesFromBrowser,
    refused,
  };
}
