/**
 * Status codes of the Guacamole protocol (protocol reference, "Status codes"; libguac protocol-types.h) and the
 * WebSocket close code that guacamole-client pairs with each (GuacamoleStatus.java). The relay closes with the decimal
 * status as the reason: `Guacamole.WebSocketTunnel` reads it with parseInt.
 */
export const GUACAMOLE_STATUS = {
  SUCCESS: 0x0000,
  UNSUPPORTED: 0x0100,
  SERVER_ERROR: 0x0200,
  SERVER_BUSY: 0x0201,
  UPSTREAM_TIMEOUT: 0x0202,
  UPSTREAM_ERROR: 0x0203,
  RESOURCE_NOT_FOUND: 0x0204,
  RESOURCE_CONFLICT: 0x0205,
  RESOURCE_CLOSED: 0x0206,
  UPSTREAM_NOT_FOUND: 0x0207,
  UPSTREAM_UNAVAILABLE: 0x0208,
  SESSION_CONFLICT: 0x0209,
  SESSION_TIMEOUT: 0x020a,
  SESSION_CLOSED: 0x020b,
  CLIENT_BAD_REQUEST: 0x0300,
  CLIENT_UNAUTHORIZED: 0x0301,
  CLIENT_FORBIDDEN: 0x0303,
  CLIENT_TIMEOUT: 0x0308,
  CLIENT_OVERRUN: 0x030d,
  CLIENT_BAD_TYPE: 0x030f,
  CLIENT_TOO_MANY: 0x031d,
} as const;

export type GuacamoleStatusName = keyof typeof GUACAMOLE_STATUS;

const NAMES = new Map<number, GuacamoleStatusName>(Object.entries(GUACAMOLE_STATUS).map(([name, status]) => [status, name as GuacamoleStatusName]));

/** Name of a status, or `SERVER_ERROR` for one that the protocol does not know. */
export function statusName(status: number): GuacamoleStatusName {
  return NAMES.get(status) ?? 'SERVER_ERROR';
}

/** The status itself if the protocol knows it, `SERVER_ERROR` otherwise. */
export function knownStatus(status: number): number {
  return GUACAMOLE_STATUS[statusName(status)];
}

const CLOSE_CODES: Partial<Record<GuacamoleStatusName, number>> = {
  SUCCESS: 1000,
  SERVER_BUSY: 1008,
  RESOURCE_NOT_FOUND: 1002,
  RESOURCE_CONFLICT: 1008,
  SESSION_CONFLICT: 1008,
  SESSION_TIMEOUT: 1002,
  SESSION_CLOSED: 1002,
  CLIENT_BAD_REQUEST: 1002,
  CLIENT_UNAUTHORIZED: 1008,
  CLIENT_FORBIDDEN: 1008,
  CLIENT_TIMEOUT: 1002,
  CLIENT_OVERRUN: 1009,
  CLIENT_BAD_TYPE: 1003,
  CLIENT_TOO_MANY: 1008,
};

/** WebSocket close code (RFC 6455, section 7.4.1) to send with a status. */
export function webSocketCloseCode(status: number): number {
  return CLOSE_CODES[statusName(status)] ?? 1011;
}
