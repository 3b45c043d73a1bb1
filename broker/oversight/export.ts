import type { SessionFilter, SessionListed } from '../port.ts';
import type { Connection } from '../store/index.ts';
import type { Scope } from './filter.ts';
import { listSessions } from './list.ts';

/** Rows read at once. */
const BATCH = 200;

/**
 * Every row that a filter finds, newest first, in constant memory and without a transaction that a slow reader would hold
 * open. `scopeNow` is asked before each batch, so that a file ends with the right to it: what it throws, the reader gets. `done` hears how many were given out, also where the reader went away before the end (`complete` false); what
 * it throws, the reader gets.
 */
export async function* everySession(
  connection: Connection,
  scopeNow: () => Promise<Scope>,
  filter: SessionFilter,
  done: (given: { readonly rows: number; readonly complete: boolean }) => Promise<void>,
): AsyncGenerator<SessionListed, void, undefined> {
  let rows = 0;
  let complete = false;
  try {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof listSessions>> = await listSessions(connection, await scopeNow(), { filter, limit: BATCH, ...(cursor !== undefined && { cursor }) });
      for (const item of page.items) {
        rows += 1;
        yield item;
      }
      cursor = page.next;
    }
    complete = true;
  } finally {
    await done({ rows, complete });
  }
}
