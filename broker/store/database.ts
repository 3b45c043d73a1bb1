import { Kysely, PostgresDialect, sql, type Transaction as KyselyTransaction } from 'kysely';
import { Pool, types } from 'pg';
import { ImpatientClient } from './impatient-client.ts';
import type { Schema } from './schema/index.ts';

export { sql };
export type Database = Kysely<Schema>;
export type Transaction = KyselyTransaction<Schema>;
/** Where a statement may run: outside or inside a transaction. */
export type Connection = Database | Transaction;

/** Bytes beyond 2^53 are nowhere counted, so a bigint column is read as a number. */
types.setTypeParser(types.builtins.INT8, Number);

/** How long to wait for a connection that is free, in milliseconds: many may be waiting at once. */
const FREE_TIMEOUT = 15_000;
/** How long to wait for an answer, in milliseconds. */
const ANSWER_TIMEOUT = 15_000;
/** When a silent connection is first asked by TCP whether it is there, in milliseconds. */
const KEEP_ALIVE_DELAY = 10_000;

/**
 * Opens a pool of connections.
 * @param connectionString a PostgreSQL URL, or one that names a Unix socket's directory as `host`
 * @param answerTimeout milliseconds after which a statement fails that was not answered; 0 waits for ever, as migrations must
 * @param onIdleError told when a connection that nobody is using breaks; without it the process would end
 */
export function openDatabase({ connectionString, connections = 10, answerTimeout = ANSWER_TIMEOUT, onIdleError }: {
  connectionString: string;
  connections?: number;
  answerTimeout?: number;
  onIdleError: (error: Error) => void;
}): Database {
  const pool = new Pool({
    Client: ImpatientClient,
    connectionString,
    max: connections,
    connectionTimeoutMillis: FREE_TIMEOUT,
    query_timeout: answerTimeout,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY,
  });
  // Closing the pool does not wait for the server's goodbye, which then comes as an error.
  const broke = (error: Error) => {
    if (!pool.ending) onIdleError(error);
  };
  pool.on('error', broke);
  pool.on('connect', (client) => client.on('error', broke));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}
