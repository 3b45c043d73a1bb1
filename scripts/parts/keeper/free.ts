import { existsSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A TCP port of the loopback address that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((up, fail) => server.once('listening', up).once('error', fail));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  // A string is a Unix socket's, null a closed server's.
  if (typeof address !== 'object' || address === null) throw new Error('No port was given');
  return address.port;
}

/** The first of `span` X11 display numbers in a row that are not in use. */
export function freeDisplays(span: number): number {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const first = 100 + Math.floor(Math.random() * 900);
    const numbers = Array.from({ length: span }, (_, index) => first + index);
    if (!numbers.some((number) => existsSync(`/tmp/.X11-unix/X${number}`) || existsSync(`/tmp/.X${number}-lock`))) return first;
  }
  throw new Error('No X11 display number is free');
}

/** Waits until something listens on the port of a loopback address, of either family; `limit` in milliseconds. */
export async function untilListening(port: number, limit = 20_000): Promise<void> {
  const deadline = performance.now() + limit;
  // xrdp's session manager takes ::1 when told 127.0.0.1.
  while (!(await listens('127.0.0.1', port)) && !(await listens('::1', port))) {
    if (performance.now() > deadline) throw new Error(`Nothing listens on port ${port} after ${limit / 1000} s`);
    await pause(50);
  }
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, host, () => answer(true));
    socket.on('connect', () => socket.destroy()).on('error', () => answer(false));
  });
}
