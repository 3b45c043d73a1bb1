import { openDatabase, sql, type Database } from '../../store/index.ts';
import type { Head, StoredRecord } from './record.ts';
import type { SignedCheckpoint } from './checkpoint.ts';
import type { Source } from './source.ts';

/** Rows fetched at once. */
const BATCH = 2_000;

/**
 * The trail as one snapshot of the database shows it, whatever is written meanwhile. Reads only; believes no constraint,
 * and so counts on none: whoever tampers may have dropped them.
 */
export async function databaseSource(database: Database): Promise<Source> {
  const snapshot = await database.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute();

  async function* rowsOf<Row>(cursor: 'records' | 'checkpoints', query: string): AsyncGenerator<Row> {
    await sql.raw(`declare ${cursor} no scroll cursor for ${query}`).execute(snapshot);
    for (;;) {
      const { rows } = await sql.raw<Row>(`fetch ${BATCH} from ${cursor}`).execute(snapshot);
      yield* rows;
      if (rows.length < BATCH) return;
    }
  }

  return {
    name: 'database',
    async heads() {
      const { rows } = await sql<Head>`select lane, sequence, coalesce(hash, '') as hash from audit_lane order by lane`.execute(snapshot);
      return rows;
    },
    checkpoints: () => rowsOf<SignedCheckpoint>('checkpoints', CHECKPOINTS),
    records: () => rowsOf<StoredRecord>('records', RECORDS),
    damage: () => undefined,
    async close() {
      await snapshot.rollback().execute();
    },
  };
}

/** The same, over a connection of its own that ends with the source. */
export async function connectedSource(connectionString: string): Promise<Source> {
  // A connection that breaks makes the reading fail, which is told there.
  const database = openDatabase({ connectionString, connections: 1, onIdleError: () => {} });
  try {
    const source = await databaseSource(database);
    return {
      ...source,
      async close() {
        try {
          await source.close();
        } finally {
          await database.destroy();
        }
      },
    };
  } catch (error) {
    await database.destroy();
    throw error;
  }
}

const CHECKPOINTS = `select coalesce(body, '') as body, coalesce(signature, '') as signature from audit_checkpoint order by number`;

/** Times as text: a Date would hide microseconds that somebody added. */
const RECORDS = `
  select lane, sequence, id::text as id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, code,
    organisation_id::text as "organisationId", lease_id::text as "leaseId", sign_in_id::text as "signInId",
    coalesce(previous_hash, '') as previous, coalesce(hash, '') as hash, coalesce(body, '') as body
  from audit_record order by lane, sequence`;
