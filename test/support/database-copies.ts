import { Client } from 'pg';
import { openDatabase, type Database } from '../../broker/store/index.ts';
import type { TestDatabase } from './database.ts';

export type DatabaseCopy = { readonly database: Database; readonly connectionString: string; drop(): Promise<void> };

/**
 * Gives copies of a database that was prepared once, each to be damaged at will. The original must have no connection
 * left when the first copy is made.
 */
export function copiesOf(original: Pick<TestDatabase, 'connectionString'>): () => Promise<DatabaseCopy> {
  // Not every connection string that names a socket is a URL.
  const [, start, name, rest] = /^(.*\/)(\w+)((?:\?.*)?)$/.exec(original.connectionString) ?? [];
  let count = 0;

  const command = async (statement: string) => {
    const client = new Client({ connectionString: `${start}postgres${rest}` });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  return async () => {
    count += 1;
    const copy = `${name}_copy_${count}`;
    await command(`create database ${copy} template ${name}`);
    const connectionString = `${start}${copy}${rest}`;
    const database = openDatabase({ connectionString, connections: 2, onIdleError: () => undefined });
    return {
      database,
      connectionString,
      async drop() {
        await database.destroy();
        await command(`drop database ${copy} with (force)`);
      },
    };
  };
}
