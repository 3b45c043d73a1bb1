import { listen, openDatabase, sql } from '../../../broker/store/index.ts';
import { brokerFactory } from '../../support/brokers.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';

const SECOND = 1_000;
let test: TestDatabase;
beforeAll(async () => {
  // It stops processes of the server.
  test = await startTestDatabase({ own: true });
});
afterAll(() => test.close());

const pause = (milliseconds: number) => new Promise((later) => setTimeout(later, milliseconds));

/** Every process of the server that serves this database, but for those of the test. */
async function backends(): Promise<number[]> {
  const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(test.database);
  return rows.map(({ pid }) => pid);
}

describe('a database that falls silent', () => {
  it('is told within seconds, and used again when it answers', async () => {
    const brokers = await brokerFactory(test.connectionString);
    const broker = await brokers.start();
    expect(await broker.ready()).toBe(true);
    const stopped = await backends();
    expect(stopped.length).toBeGreaterThan(1);
    for (const pid of stopped) process.kill(pid, 'SIGSTOP');
    try {
      const began = performance.now();
      // A fresh connection would answer; those that are there do not.
      const answers = await Promise.all(Array.from({ length: 12 }, () => broker.ready()));
      expect(answers).toContain(false);
      expect(performance.now() - began).toBeLessThan(4 * SECOND);
    } finally {
      for (const pid of stopped) process.kill(pid, 'SIGCONT');
    }
    const from = performance.now();
    while (!(await broker.ready())) {
      if (performance.now() - from > 20 * SECOND) throw new Error('not ready again');
      await pause(100);
    }
    await brokers.close();
  });

  it('is heard again on another connection when the one that listens is silent', async () => {
    const heard: string[] = [];
    const ear = listen({ connectionString: test.connectionString, channel: 'silence', onMessage: (payload) => heard.push(payload), onListening: () => heard.push('listening'), onError: () => undefined });
    const until = async (word: string) => {
      for (const from = performance.now(); heard.at(-1) !== word; await pause(50)) if (performance.now() - from > 15 * SECOND) throw new Error(`${word} was not heard`);
    };
    await until('listening');
    heard.length = 0;
    const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity where application_name = 'sekisho silence'`.execute(test.database);
    const { pid } = rows[0]!;
    process.kill(pid, 'SIGSTOP');
    try {
      await until('listening');
      await sql`select pg_notify('silence', 'again')`.execute(test.database);
      await until('again');
    } finally {
      process.kill(pid, 'SIGCONT');
      await ear.stop();
    }
  });

  it('loses the connection whose answer is late, so that nobody goes on in what is left of its transaction', async () => {
    const impatient = openDatabase({ connectionString: test.connectionString, connections: 1, answerTimeout: 500, onIdleError: () => undefined });
    try {
      await sql`create table if not exists late_note (text text)`.execute(test.database);
      const late = impatient.transaction().execute(async (transaction) => {
        await sql`insert into late_note values ('half done')`.execute(transaction);
        await sql`select pg_sleep(3)`.execute(transaction);
      });
      await expect(late).rejects.toThrow();
      await impatient.transaction().execute((transaction) => sql`insert into late_note values ('whole')`.execute(transaction));
      await pause(3 * SECOND);
      expect((await sql`select text from late_note`.execute(test.database)).rows).toEqual([{ text: 'whole' }]);
    } finally {
      await impatient.destroy();
    }
  });
});
