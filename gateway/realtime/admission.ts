import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { z } from 'zod';
import { CODES, Refusal, type Code } from '../../broker/port.ts';
import type { Authenticated, Authenticator } from '../auth/authenticate.ts';
import { requireSameOrigin } from '../auth/same-origin.ts';

/** Where the live line is; the slash belongs to it. */
export const PATH = '/live/socket.io/';

/** All that a page of ours says there. Above all no `sid`: nobody goes on with a connection that is there already. */
const Query = z.strictObject({ EIO: z.literal('4'), transport: z.literal('websocket') });

export type AdmissionDeps = { readonly authenticator: Pick<Authenticator, 'authenticate'>; publicOrigin(): string };

/** Whether an upgrade is for the live line. */
export function isLive(url: string | undefined): boolean {
  return url?.split('?', 1)[0] === PATH;
}

/**
 * The chain that every other request passes, for the live line.
 * @throws Refusal `request-invalid`, `request-foreign-origin`, `sign-in-required`, `sign-in-incomplete`
 */
export async function admit({ url, headers }: IncomingMessage, { authenticator, publicOrigin }: AdmissionDeps): Promise<Authenticated> {
  requireSameOrigin(headers, publicOrigin(), 'changing');
  const asking = await authenticator.authenticate(headers);
  const said = [...new URLSearchParams(url?.slice(PATH.length + 1))];
  if (said.length !== 2 || !Query.safeParse(Object.fromEntries(said)).success) throw new Refusal('request-invalid');
  return asking;
}

/** Before there is a WebSocket, an answer is HTTP's. */
export function turnAway(connection: Duplex, code: Code): void {
  const { http } = CODES[code];
  if (!connection.writable) return void connection.destroy();
  connection.end(`HTTP/1.1 ${http} ${STATUS_CODES[http] ?? ''}\r\nConnection: close\r\nCache-Control: no-store\r\nContent-Length: 0\r\n\r\n`, () => connection.destroy());
}
