import { Kysely, PostgresDialect, sql, type Transaction as KyselyTransaction } from 'kysely';
import { Pool, types } from 'pg';
import type { Schema } from './schema/index.ts';

export { sql };
export type Database = Kysely<Schema>;
export type Transaction = KyselyTransaction<Schema>;
/** Where a statement may run: outside or inside a transaction. */
export type Connection = Database | Transaction;

/** Bytes beyond 2^53 are nowhere counted, so a bigint column is read as a number. */
types.setTypeParser(types.builtins.INT8, Number);

/**
 * Opens a pool of connections.
 * @param connectionString a PostgreSQL URL, or one that names a Unix socket's directory as `host`
 * @param onIdleError told when a connection that nobody is using breaks; without it the process would end
 */
export function openDatabase({ connectionString, connections = 10, onIdleError }: {
  connectionString: string;
  connections?: number;
  onIdleError: (error: Error) => void;
}): Database {
  const pool = new Pool({ connectionString, max: connections });
  // Closing the pool does not wait for the server's goodbye, which then comes as an error.
  const broke = (error: Error) => {
    if (!pool.ending) onIdleError(error);
  };
  pool.on('error', broke);
  pool.on('connect', (client) => client.on('error', broke));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}
