// A process of its own that waits for the word and then does one thing many times at once. Reads a task and then `go`, a line each.
import { createInterface } from 'node:readline';
import { openDatabase } from '../../broker/store/index.ts';
import { home, identityOver } from './identity.ts';

type Task = { connectionString: string; key: string; at: string; times: number; task: 'code' | 'first-administrator'; token: string; code: string };

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const task = JSON.parse((await lines.next()).value as string) as Task;
const database = openDatabase({ connectionString: task.connectionString, connections: 5, onIdleError: () => undefined });
const at = new Date(task.at);
const identity = identityOver(database, { key: Buffer.from(task.key, 'base64'), clock: { now: () => at, forward: () => undefined } });
await database.selectFrom('person').select('id').execute();
process.stdout.write('ready\n');
await lines.next();

const once = async () => {
  if (task.task === 'first-administrator') return (await identity.directory.firstAdministrator()) ? 'done' : 'nobody';
  await identity.signIns.withTotp({ token: task.token, code: task.code, origin: home });
  return 'done';
};
const ends = await Promise.all(Array.from({ length: task.times }, () => once().catch((error: { code?: string; message?: string }) => error.code ?? error.message ?? 'no reason')));
process.stdout.write(JSON.stringify(Object.fromEntries([...Map.groupBy(ends, (end) => end)].map(([end, all]) => [end, all.length]))));
await database.destroy();
