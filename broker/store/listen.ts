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

/** Hears the notifications of a channel on a connection of its own, and connects again for as long as it is not stopped. */
export function listen({ connectionString, channel, onMessage, onListening, onError }: ListenDeps): { stop(): Promise<void> } {
  let stopped = false;
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const connect = async () => {
    const fresh = new Client({ connectionString, keepAlive: true, application_name: `sekisho ${channel}` });
    client = fresh;
    let over = false;
    const again = (error?: Error) => {
      if (error && !stopped) onError(error);
      if (over || stopped) return;
      over = true;
      void leave(fresh);
      timer = setTimeout(() => void connect(), PAUSE);
    };
    fresh.on('error', again);
    fresh.on('end', () => again());
    fresh.on('notification', ({ payload }) => onMessage(payload ?? ''));
    try {
      await fresh.connect();
      await fresh.query(`listen ${channel}`);
      if (!stopped) onListening();
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
