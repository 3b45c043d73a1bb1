import type { Clock, Ids } from '../environment.ts';
import type { Transaction } from '../store/index.ts';
import { canonicalJson } from './canonical-json.ts';
import type { AuditEvent } from './event.ts';

/** Of the body's form; raised when a reader of older bodies would misunderstand. */
const VERSION = 1;

export type TrailDeps = {
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'uuid'>;
};

/** The append-only, tamper-evident record of everything decided or done. */
export type Trail = {
  /**
   * Writes events as part of a transaction: they exist if and only if it commits, in the order given.
   *
   * May be called anywhere in the transaction and more than once. The first call locks one lane of the chain until the
   * transaction ends, so call it last, after every other lock is held: then nobody holds a lane while waiting for something
   * else, and no two transactions can wait for one another. The transaction must be READ COMMITTED (the default); at a
   * stricter level PostgreSQL may refuse it (40001) and the whole transaction has to be tried again.
   */
  append(transaction: Transaction, ...events: readonly AuditEvent[]): Promise<void>;
};

export function createTrail({ clock, ids }: TrailDeps): Trail {
  return {
    async append(transaction, ...events) {
      if (events.length === 0) return;
      const at = clock.now().toISOString();
      const rows = events.map((event) => ({ body: Buffer.from(bodyOf(event, { id: ids.uuid(), at })) }));
      await transaction.insertInto('audit_record').values(rows).execute();
    },
  };
}

function bodyOf(event: AuditEvent, { id, at }: { id: string; at: string }): string {
  const { name, code, actor, organisationId, address, fields } = event;
  const { kind, personId, signInId } = actor;
  return canonicalJson({ version: VERSION, id, at, code, event: name, actor: { kind, personId, signInId }, organisationId, address, fields });
}
