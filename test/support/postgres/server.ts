import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../../broker/store/embedded-postgres.ts';
import { migrateToLatest, openDatabase } from '../../../broker/store/index.ts';

/** A PostgreSQL for tests, with a database that has every migration and that nobody is connected to. */
export type TestServer = {
  /** Of any database of the server but the template. */
  readonly connectionString: string;
  readonly template: string;
  /** Leaves nothing behind. */
  remove(): Promise<void>;
};

/** Nothing of a test outlives the machine's end, so nothing waits for the disk. The connections are those of all files that run beside each other. */
const SETTINGS = ['fsync=off', 'full_page_writes=off', 'max_connections=600', 'shared_buffers=256MB'];

/** The PostgreSQL of DATABASE_URL, otherwise an embedded one. */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env['DATABASE_URL'];
  const server = given ? { connectionString: given, remove: async () => undefined } : await startEmbedded();
  const template = nameOfDatabase('template');
  try {
    await command(server.connectionString, `create database ${template} template template0`);
    const database = openDatabase({ connectionString: databaseOn(server.connectionString, template), connections: 1, onIdleError: () => undefined });
    try {
      await migrateToLatest(database);
    } finally {
      await database.destroy();
    }
  } catch (error) {
    await server.remove();
    throw error;
  }
  const remove = async () => {
    if (given) await command(given, `drop database ${template}`);
    await server.remove();
  };
  return { connectionString: server.connectionString, template, remove };
}

async function startEmbedded() {
  const directory = await mkdtemp(join(tmpdir(), 'sekisho-test-'));
  const { connectionString, stop } = await startEmbeddedPostgres({ directory, log: () => undefined, settings: SETTINGS });
  const remove = async () => {
    await stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { connectionString, remove };
}

export function nameOfDatabase(kind: 'template' | 'test'): string {
  return `sekisho_${kind}_${randomBytes(8).toString('hex')}`;
}

/** Not every connection string that names a socket is a URL that the platform reads. */
export function databaseOn(connectionString: string, name: string): string {
  return connectionString.replace(/^(\w+:\/\/[^/]*\/)[^?]*/u, `$1${name}`);
}

export async function command(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
