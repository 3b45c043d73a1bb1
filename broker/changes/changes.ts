import type { Log } from '../environment.ts';
import type { Change } from '../port.ts';
import { listen } from '../store/index.ts';
import { readChange } from './change-notice.ts';

/** Tells this process what any process or command has changed, when its transaction commits. */
export type Changes = {
  on(listener: (change: Change) => void): () => void;
  /** Begins to hear. `everything` is told as soon as it does, and again whenever something may have been missed. */
  start(): void;
  stop(): Promise<void>;
};

export function createChanges({ connectionString, log }: { readonly connectionString: string; readonly log: Log }): Changes {
  const listeners = new Set<(change: Change) => void>();
  const tell = (change: Change) => {
    for (const listener of listeners) {
      try {
        listener(change);
      } catch (error) {
        log.error('a change was not heard', { kind: change.topic, error });
      }
    }
  };
  let ear: { stop(): Promise<void> } | undefined;

  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      ear ??= listen({
        connectionString,
        channel: 'changed',
        onMessage: (payload) => {
          const change = readChange(payload);
          if (change === undefined) log.warn('a notification of a change could not be read');
          tell(change ?? { topic: 'everything' });
        },
        onListening: () => tell({ topic: 'everything' }),
        onError: (error) => log.warn('the connection that hears of changes broke', { error }),
      });
    },
    async stop() {
      await ear?.stop();
    },
  };
}
