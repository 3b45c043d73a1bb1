import type { Log } from '../environment.ts';
import type { Code } from '../port.ts';
import { listen, type Database } from '../store/index.ts';
import type { Carried } from './carried.ts';
import { readEndNotice } from './end-notice.ts';
import { noticeCode } from './notice-code.ts';
import { createTakeBack, type TakeBackDeps } from './take-back.ts';

export type EndNoticesDeps = TakeBackDeps & { readonly connectionString: string; readonly log: Log };
export type EndListener = (leaseId: string, code: Code) => void;

/**
 * Tells this process of leases that have ended, whichever process ended them: at once by the database's notification,
 * and, where that is lost, by looking. A lease that this process should no longer carry is told at every look until
 * its relay is over.
 */
export type EndNotices = {
  on(listener: EndListener): () => void;
  /** Begins to hear notifications. */
  start(): void;
  /** Looks at the leases that this process carries. To be called every few seconds. */
  look(): Promise<void>;
  stop(): Promise<void>;
};

export function createEndNotices({ connectionString, log, ...deps }: EndNoticesDeps): EndNotices {
  const { database, carried } = deps;
  const takeBack = createTakeBack(deps);
  const listeners = new Set<EndListener>();
  const tell: EndListener = (leaseId, code) => {
    for (const listener of listeners) {
      try {
        listener(leaseId, code);
      } catch (error) {
        log.error('the end of a lease was not heard', { leaseId, code, error });
      }
    }
  };
  const look = async () => {
    const before = await lost(database, carried);
    if (before.some(([, code]) => code === 'lease-in-use')) await takeBack(before.map(([leaseId]) => leaseId));
    for (const [leaseId, code] of before.length === 0 ? [] : await lost(database, carried)) tell(leaseId, code);
  };
  const lookNow = () => void look().catch((error: unknown) => log.error('carried leases could not be looked at', { error }));
  let ear: { stop(): Promise<void> } | undefined;

  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      ear = listen({
        connectionString,
        channel: 'lease_ended',
        onMessage: (payload) => {
          const notice = readEndNotice(payload);
          if (notice !== undefined) return tell(notice.leaseId, noticeCode(notice.because));
          log.warn('a notification of an ended lease could not be read');
          lookNow();
        },
        onListening: lookNow,
        onError: (error) => log.warn('the connection that hears of ended leases broke', { error }),
      });
    },
    look,
    async stop() {
      await ear?.stop();
    },
  };
}

/** Carried here, but the lease has ended or is another relay's by now. */
async function lost(database: Database, carried: Carried): Promise<[string, Code][]> {
  const ids = [...carried.keys()];
  if (ids.length === 0) return [];
  const rows = await database.selectFrom('lease').where('id', 'in', ids).select(['id', 'state', 'relay_id as relayId', 'ended_because as because']).execute();
  return rows.flatMap(({ id, state, relayId, because }): [string, Code][] => {
    if (state === 'ended') return [[id, noticeCode(because ?? '')]];
    // Released or claimed again while the rows were on their way.
    if (!carried.has(id) || (state === 'active' && relayId === carried.get(id))) return [];
    return [[id, 'lease-in-use']];
  });
}
