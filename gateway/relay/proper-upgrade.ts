import type { IncomingMessage } from 'node:http';

/** The one subprotocol that a relay speaks. */
export const SUBPROTOCOL = 'guacamole';

/** Whether a request is a WebSocket handshake (RFC 6455, section 4.2.1) that offers the relay's subprotocol; nothing else may become a session. */
export function isProperUpgrade({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  return (
    method === 'GET' &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    headers['sec-websocket-version'] === '13' &&
    KEY.test(headers['sec-websocket-key'] ?? '') &&
    offers(headers['sec-websocket-protocol'] ?? '')
  );
}

function offers(header: string): boolean {
  const offered = header.split(',').map((protocol) => protocol.trim());
  return offered.includes(SUBPROTOCOL) && offered.every((protocol) => TOKEN.test(protocol)) && new Set(offered).size === offered.length;
}

/** 16 bytes in Base64. */
const KEY = /^[+/0-9A-Za-z]{22}==$/;
/** RFC 7230, section 3.2.6. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
