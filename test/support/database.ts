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
  /** A further fresh database on the same server; sooner there than another server. */
  another(): Promise<TestDatabase>;
  /** Closes every pool; of the first database, also what {@link another} made and the server. */
  close(): Promise<void>;
};

/** A fresh database with every migration, on real PostgreSQL: the one of DATABASE_URL, otherwise an embedded one. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const server = process.env['DATABASE_URL'] ? onServer(process.env['DATABASE_URL']) : await startEmbedded();
  try {
    return await open(server, true);
  } catch (error) {
    await server.remove();
    throw error;
  }
}

async function open(server: Server, first: boolean): Promise<TestDatabase> {
  const connectionString = await server.create(`sekisho_test_${randomBytes(8).toString('hex')}`);
  const pools: Database[] = [];
  const others: TestDatabase[] = [];
  const connect = (connections = 10) => {
    const pool = openDatabase({ connectionString, connections, onIdleError: () => undefined });
    pools.push(pool);
    return pool;
  };
  const another = async () => {
    const other = await open(server, false);
    others.push(other);
    return other;
  };
  const close = async () => {
    await Promise.all([...pools.splice(0).map((pool) => pool.destroy()), ...others.map((other) => other.close())]);
    if (first) await server.remove();
  };
  const database = connect();
  await migrateToLatest(database);
  return { database, connectionString, connect, another, close };
}

type Server = {
  /** @returns the connection string of a new, empty database */
  create(name: string): Promise<string>;
  /** Leaves nothing behind. */
  remove(): Promise<void>;
};

async function startEmbedded(): Promise<Server> {
  const directory = await mkdtemp(join(tmpdir(), 'sekisho-test-'));
  const server = await startEmbeddedPostgres({ directory, log: () => undefined });
  const remove = async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { create: (name) => server.createDatabase(name), remove };
}

function onServer(url: string): Server {
  const made: string[] = [];
  const create = async (name: string) => {
    await command(url, `create database ${name} template template0`);
    made.push(name);
    return url.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${name}`);
  };
  const remove = async () => {
    for (const name of made) await command(url, `drop database ${name} with (force)`);
  };
  return { create, remove };
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
