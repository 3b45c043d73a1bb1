import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../broker/store/embedded-postgres.ts';
import { migrateToLatest, openDatabase, type Database } from '../../broker/store/index.ts';

export type TestDatabase = {
  readonly database: Database;
  readonly connectionString: string;
  /** A pool of its own on the same database, as another process would have. */
  connect(connections?: number): Database;
  close(): Promise<void>;
};

/** A fresh database with every migration, on real PostgreSQL: the one of DATABASE_URL, otherwise an embedded one. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const server = process.env['DATABASE_URL'] ? await onServer(process.env['DATABASE_URL']) : await onEmbedded();
  const pools: Database[] = [];
  const connect = (connections?: number) => {
    const pool = openDatabase({
      connectionString: server.connectionString,
      onIdleError: () => undefined,
      ...(connections !== undefined && { connections }),
    });
    pools.push(pool);
    return pool;
  };
  const close = async () => {
    await Promise.all(pools.map((pool) => pool.destroy()));
    await server.remove();
  };

  const database = connect();
  try {
    await migrateToLatest(database);
  } catch (error) {
    await close();
    throw error;
  }
  return { database, connectionString: server.connectionString, connect, close };
}

type Server = { readonly connectionString: string; remove(): Promise<void> };

async function onEmbedded(): Promise<Server> {
  const directory = await mkdtemp(join(tmpdir(), 'sekisho-test-'));
  const server = await startEmbeddedPostgres({ directory, log: () => undefined });
  const remove = async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { connectionString: server.connectionString, remove };
}

async function onServer(url: string): Promise<Server> {
  const name = `sekisho_test_${randomBytes(8).toString('hex')}`;
  await command(url, `create database ${name} template template0`);
  const connectionString = url.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${name}`);
  return { connectionString, remove: () => command(url, `drop database ${name} with (force)`) };
}

async function command(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
