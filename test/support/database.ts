import { openDatabase, type Database } from '../../broker/store/index.ts';
import { command, databaseOn, nameOfDatabase, startTestServer, type TestServer } from './postgres/server.ts';
import { askForSharedServer } from './postgres/shared.ts';

export type TestDatabase = {
  readonly database: Database;
  readonly connectionString: string;
  /** A pool of its own on the same database, as another process would have. */
  connect(connections?: number): Database;
  /** A further fresh database on the same server. */
  another(): Promise<TestDatabase>;
  /** Closes every pool, and removes the database and whatever {@link another} made. */
  close(): Promise<void>;
};

/** A fresh database with every migration, on real PostgreSQL: the one that the run shares, or one of its own where the test harms the server. */
export async function startTestDatabase({ own = false }: { own?: boolean } = {}): Promise<TestDatabase> {
  const shared = own ? undefined : await askForSharedServer();
  const server: TestServer = shared ? { ...shared, remove: async () => undefined } : await startTestServer();
  try {
    return await open(server, true);
  } catch (error) {
    await server.remove();
    throw error;
  }
}

async function open(server: TestServer, first: boolean): Promise<TestDatabase> {
  const name = nameOfDatabase('test');
  await command(server.connectionString, `create database ${name} template ${server.template}`);
  const connectionString = databaseOn(server.connectionString, name);
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
    await Promise.all([...pools.splice(0).map((pool) => pool.destroy()), ...others.splice(0).map((other) => other.close())]);
    await command(server.connectionString, `drop database if exists ${name} with (force)`);
    if (first) await server.remove();
  };
  return { database: connect(), connectionString, connect, another, close };
}
