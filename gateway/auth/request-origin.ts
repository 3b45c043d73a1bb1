import type { IncomingMessage } from 'node:http';
import type { RequestOrigin } from '../../broker/port.ts';
import { clientAddress, type TrustedProxies } from './client-address.ts';
import { readCookie } from './cookies.ts';

const LONGEST_USER_AGENT = 300;

/** Where a request came from, for HTTP and for the relay alike. */
export function requestOrigin(request: IncomingMessage, trusted: TrustedProxies): RequestOrigin {
  const forwardedFor = request.headers['x-forwarded-for'];
  const knownBrowser = readCookie(request.headers, 'browser');
  return {
    address: clientAddress(request.socket.remoteAddress, Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor, trusted),
    userAgent: (request.headers['user-agent'] ?? '').slice(0, LONGEST_USER_AGENT),
    ...(knownBrowser !== undefined && { knownBrowser }),
  };
}
