import { io, type Socket } from 'socket.io-client';
import { sql, type Database } from '../../broker/store/index.ts';
import type { ClientEvents, ServerEvents, Told, Topic } from '../../gateway/realtime/contract.ts';
import type { TestGateway } from './gateway.ts';
import type { HttpClient } from './http-client.ts';

export type LiveDial = {
  /** null sends none. */
  readonly origin?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly reconnects?: boolean;
};

/** A page that listens, as the web client does it. */
export type LivePage = {
  readonly socket: Socket<ServerEvents, ClientEvents>;
  /** All that it was told so far. */
  readonly told: readonly Told[];
  /** Resolves with the milliseconds from now until the next telling of a topic. */
  hears(topic: Told['topic'], limit?: number): Promise<number>;
  watch(...topics: Topic[]): Promise<unknown>;
  /** Drops what it was told so far. */
  forget(): void;
  /** Says anything at all; what is answered, or undefined where nothing is. */
  say(event: string, ...said: unknown[]): Promise<unknown>;
  /** Whether it was told that the sign-in is over. */
  signedOut(): boolean;
  /** Resolves when the line is down. */
  readonly over: Promise<string>;
  close(): void;
};

/** @throws Error where the gateway does not let it in */
export async function openLive(gateway: Pick<TestGateway, 'origin' | 'ca'>, client: HttpClient, dial: LiveDial = {}): Promise<LivePage> {
  const { origin = gateway.origin, headers = {}, query = {}, path = '/live/socket.io', reconnects = false } = dial;
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const socket: LivePage['socket'] = io(gateway.origin, {
    path,
    query,
    transports: ['websocket'],
    forceNew: true,
    reconnection: reconnects,
    reconnectionDelay: 100,
    ca: gateway.ca,
    extraHeaders: { ...(cookie !== '' && { cookie }), ...(origin !== null && { origin }), ...headers },
  });
  const told: Told[] = [];
  let signedOut = false;
  socket.on('changed', (what) => told.push(what));
  socket.on('signed-out', () => (signedOut = true));
  const over = new Promise<string>((done) => socket.once('disconnect', done));
  await new Promise<void>((opened, fail) => {
    socket.once('connect', () => opened());
    socket.once('connect_error', (error) => {
      if (!reconnects) socket.close();
      fail(error);
    });
  });
  const say = async (event: string, ...said: unknown[]) => {
    try {
      return await (socket.timeout(2_000).emitWithAck as (event: string, ...said: unknown[]) => Promise<unknown>)(event, ...said);
    } catch {
      return undefined;
    }
  };
  return {
    socket,
    told,
    over,
    say,
    signedOut: () => signedOut,
    watch: (...topics) => say('watch', { topics }),
    forget: () => void (told.length = 0),
    hears,
    close: () => void socket.close(),
  };

  function hears(topic: Told['topic'], limit = 10_000): Promise<number> {
    const began = performance.now();
    return new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`nothing of ${topic} was told`)), limit);
      const heard = (what: Told) => {
        if (what.topic !== topic) return;
        clearTimeout(timer);
        socket.off('changed', heard);
        done(performance.now() - began);
      };
      socket.on('changed', heard);
    });
  }
}

/** Waits until these pages have heard all that was told before, their own sign-ins among it, and have them forget that. They must watch `level`. */
export async function calm(database: Database, organisationId: string, ...pages: readonly LivePage[]): Promise<void> {
  const heard = Promise.all(pages.map((page) => page.hears('level')));
  await sql`select pg_notify('changed', ${JSON.stringify({ topic: 'level', organisationId })})`.execute(database);
  await heard;
  for (const page of pages) page.forget();
}
