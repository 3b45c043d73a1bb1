import { WebSocket } from 'ws';
import type { TestGateway } from './gateway.ts';
import type { HttpClient } from './http-client.ts';

export type RelayDial = {
  readonly path?: string;
  /** In place of the usual width, height and dpi. */
  readonly query?: string;
  /** null sends none. */
  readonly origin?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly protocols?: string[];
};

export type RelayConnection = {
  readonly socket: WebSocket;
  /** How it ended: the WebSocket close code, and the reason, which is a decimal Guacamole status. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
};

export const USUAL_VIEW = 'width=1024&height=768&dpi=96';

/** Opens the relay of a lease as the page does: with the browser's cookies, and the own origin unless told otherwise. */
export async function dialRelay(gateway: Pick<TestGateway, 'origin' | 'ca'>, client: HttpClient, leaseId: string, dial: RelayDial = {}): Promise<RelayConnection> {
  const { path = `/relay/${leaseId}`, query = USUAL_VIEW, origin = gateway.origin, headers = {}, protocols = ['guacamole'] } = dial;
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const socket = new WebSocket(`${gateway.origin.replace('https', 'wss')}${path}${query === '' ? '' : `?${query}`}`, protocols, {
    ca: gateway.ca,
    perMessageDeflate: false,
    headers: { ...(cookie !== '' && { cookie }), ...(origin !== null && { origin }), ...headers },
  });
  const closed = new Promise<{ code: number; reason: string }>((done) => socket.once('close', (code, reason) => done({ code, reason: reason.toString() })));
  socket.on('error', () => undefined);
  await new Promise<void>((opened, fail) => socket.once('open', () => opened()).once('error', fail));
  return { socket, closed };
}
