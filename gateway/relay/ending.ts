import type { SessionEndCause } from './contract.ts';
import { GUACAMOLE_STATUS } from './guacamole-status.ts';
import { HandshakeRefused } from './guacd/handshake-refused.ts';
import { ProtocolViolation } from './wire/violation.ts';

const { CLIENT_BAD_REQUEST, CLIENT_BAD_TYPE, CLIENT_OVERRUN, CLIENT_TIMEOUT, CLIENT_UNAUTHORIZED } = GUACAMOLE_STATUS;
const { SERVER_ERROR, SESSION_CLOSED, SUCCESS, UPSTREAM_NOT_FOUND, UPSTREAM_TIMEOUT, UPSTREAM_ERROR, UPSTREAM_UNAVAILABLE, SESSION_CONFLICT } = GUACAMOLE_STATUS;

/** Why a session ends, what the browser is told, and the stable code for the log. */
export type Ending = { readonly cause: SessionEndCause; readonly status: number; readonly reason: string };

/** The ending that what guacd sent brought about. */
export function endingOfGuacd(error: unknown): Ending {
  if (error instanceof HandshakeRefused) return { cause: 'handshake-refused', status: UPSTREAM_ERROR, reason: `${error.code}:${error.parameter}` };
  if (error instanceof ProtocolViolation) return { cause: 'guacd-protocol-error', status: UPSTREAM_ERROR, reason: error.code };
  return ENDING.fault;
}

/** The same of the browser. */
export function endingOfBrowser(error: unknown): Ending {
  if (!(error instanceof ProtocolViolation)) return ENDING.fault;
  return { cause: 'client-protocol-error', status: error.code === 'not-text' ? CLIENT_BAD_TYPE : CLIENT_BAD_REQUEST, reason: error.code };
}

/** Endings that are always the same. */
export const ENDING = {
  upgradeInvalid: { cause: 'client-protocol-error', status: CLIENT_BAD_REQUEST, reason: 'upgrade-invalid' },
  browserClosed: { cause: 'client-left', status: SUCCESS, reason: 'browser-closed' },
  browserDisconnected: { cause: 'client-left', status: SUCCESS, reason: 'browser-disconnect' },
  browserSilent: { cause: 'client-left', status: CLIENT_TIMEOUT, reason: 'browser-silent' },
  browserTooSlow: { cause: 'client-too-slow', status: CLIENT_OVERRUN, reason: 'browser-buffer-full' },
  guacdSilent: { cause: 'guacd-unreachable', status: UPSTREAM_TIMEOUT, reason: 'guacd-silent' },
  guacdTooSlow: { cause: 'guacd-unreachable', status: UPSTREAM_TIMEOUT, reason: 'guacd-buffer-full' },
  handshakeTimeout: { cause: 'guacd-unreachable', status: UPSTREAM_TIMEOUT, reason: 'handshake-timeout' },
  firstPictureTimeout: { cause: 'desktop-unreachable', status: UPSTREAM_TIMEOUT, reason: 'first-picture-timeout' },
  credentialsRequired: { cause: 'desktop-unreachable', status: CLIENT_UNAUTHORIZED, reason: 'credentials-required' },
  desktopNeverCame: { cause: 'desktop-unreachable', status: UPSTREAM_NOT_FOUND, reason: 'guacd-disconnect' },
  desktopLeft: { cause: 'desktop-ended', status: SESSION_CLOSED, reason: 'guacd-disconnect' },
  replaced: { cause: 'ended-by-gateway', status: SESSION_CONFLICT, reason: 'carried-elsewhere' },
  stopping: { cause: 'gateway-stopping', status: UPSTREAM_UNAVAILABLE, reason: 'gateway-stopping' },
  /** A fault of the program's own: this session ends, the others do not. */
  fault: { cause: 'ended-by-gateway', status: SERVER_ERROR, reason: 'internal-error' },
  notRecorded: { cause: 'ended-by-gateway', status: SERVER_ERROR, reason: 'connection-not-recorded' },
} as const satisfies Record<string, Ending>;
