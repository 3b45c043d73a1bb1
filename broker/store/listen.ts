import { Client } from 'pg';

export type ListenDeps = {
  readonly connectionString: string;
  /** Name of the channel, `[a-z_]+`. */
  readonly channel: string;
  readonly onMessage: (payload: string) => void;
  /** Listening has begun, for the first time or again: what was sent before is not told. */
  readonly onListening: () => void;
  readonly onError: (error: Error) => void;
};

/** How long to wait before connecting again, in milliseconds. */
const PAUSE = 500;

/** How often the connection is asked whether it still answers, a pause after its answer, in milliseconds. */
const ASK_EVERY = 3_000;
/** How long it may take to connect and to answer, in milliseconds. */
const DEADLINE = 3_000;

/** Hears the notifications of a channel on a connection of its own, and connects again, also when nothing answers, for as long as it is not stopped. */
export function listen({ connectionString, channel, onMessage, onListening, onError }: ListenDeps): { stop(): Promise<void> } {
  let stopped = false;
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const connect = async () => {
    const fresh = new Client({ connectionString, keepAlive: true, connectionTimeoutMillis: DEADLINE, query_timeout: DEADLINE, application_name: `sekisho ${channel}` });
    client = fresh;
    let over = false;
    const again = (error?: Error) => {
      if (error && !stopped) onError(error);
      if (over || stopped) return;
      over = true;
      clearTimeout(timer);
      void leave(fresh);
      timer = setTimeout(() => void connect(), PAUSE);
    };
    fresh.on('error', again);
    fresh.on('end', () => again());
    fresh.on('notification', ({ payload }) => onMessage(payload ?? ''));
    const ask = async () => {
      try {
        await fresh.query('select');
        if (!over && !stopped) timer = setTimeout(() => void ask(), ASK_EVERY);
      } catch (error) {
        again(error as Error);
      }
    };
    try {
      await fresh.connect();
      await fresh.query(`listen ${channel}`);
      if (stopped) return;
      timer = setTimeout(() => void ask(), ASK_EVERY);
      onListening();
    } catch (error) {
      again(error as Error);
    }
  };
  const first = connect();

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await first;
      if (client) await leave(client);
    },
  };
}

/** A connection that is broken already has nothing more to say. */
async function leave(client: Client): Promise<void> {
  await client.end().catch(() => undefined);
}
