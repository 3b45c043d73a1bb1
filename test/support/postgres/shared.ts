// One PostgreSQL for all test files of a run: Jest's own process keeps it, started by the first file that asks.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServer, type TestServer } from './server.ts';

/** Names the socket at which the server is asked for. */
const ASKED_AT = 'SEKISHO_TEST_POSTGRES';

export type SharedServer = Pick<TestServer, 'connectionString' | 'template'>;
type Answer = SharedServer | { readonly failed: string };

/** To be called in the process that outlives every file. Processes started afterwards know where to ask. @returns what ends it */
export async function keepSharedServer(): Promise<() => Promise<void>> {
  let started: Promise<TestServer> | undefined;
  const door = createServer((asking) => {
    asking.on('error', () => undefined);
    void (started ??= startTestServer()).then(
      ({ connectionString, template }) => asking.end(JSON.stringify({ connectionString, template } satisfies Answer)),
      (error: unknown) => asking.end(JSON.stringify({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Answer)),
    );
  });
  const path = join(tmpdir(), `sekisho-test-${randomBytes(8).toString('hex')}.socket`);
  door.listen(path);
  await once(door, 'listening');
  process.env[ASKED_AT] = path;
  return async () => {
    door.close();
    const server = await started?.catch(() => undefined);
    await server?.remove();
  };
}

/** @returns undefined where nobody keeps one @throws Error where it did not start */
export async function askForSharedServer(): Promise<SharedServer | undefined> {
  const path = process.env[ASKED_AT];
  if (path === undefined) return undefined;
  const parts: Buffer[] = [];
  for await (const part of createConnection(path)) parts.push(part as Buffer);
  const answer = JSON.parse(Buffer.concat(parts).toString()) as Answer;
  if ('failed' in answer) throw new Error(`the PostgreSQL of the tests did not start: ${answer.failed}`);
  return answer;
}
