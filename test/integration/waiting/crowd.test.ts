import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { crowdPolicy, crowdTown, sitDown } from '../../support/crowd-town.ts';
import type { Crowd } from '../../support/crowd.ts';

const PROCESSES = 4;
const PEOPLE = 1_000;
const SEATS = 300;
/** Milliseconds for which the crowd works at least and at most, and between two kills. */
const WORKS = 12_000;
const AT_MOST = 150_000;
const KILLS = 1_700;

let test: TestDatabase;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await test.close();
});

async function start(crowd: Crowd): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../support/crowd.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.stdin.end(JSON.stringify(crowd));
  await once(child.stdout, 'data');
}

it(`${PEOPLE} people for ${SEATS} seats by ${PROCESSES} processes, killed at random: no seat is sold twice, nobody yields who must not, every wait has its reason`, async () => {
  const { database } = test;
  const { organisation, members } = await crowdTown(database, PEOPLE);
  const policy = crowdPolicy(organisation.name, SEATS);
  await sitDown(database, members.slice(0, SEATS - 20));
  const crowd: Crowd = { connectionString: test.connectionString, policy, members, at: 16 };
  await Promise.all(Array.from({ length: PROCESSES }, () => start(crowd)));

  const began = performance.now();
  let [looks, most, kills, lastKill] = [0, 0, 0, began];
  // A busy machine only takes longer until all of it has happened.
  let happened = false;
  for (let passed = 0; passed < WORKS || (!happened && passed < AT_MOST); passed = performance.now() - began) {
    const { rows } = await sql<{ happened: boolean; taken: number; twice: number; others: number; unreasoned: number; away: number }>`
      select (select count(*) from waiting) > 100 and (select count(*) from lease where waiting_id is not null) > 20 and exists (select from preemption where outcome = 'yielded') as happened,
        (select coalesce(sum(weight), 0) from lease where state <> 'ended')::integer as taken,
        (select count(*) from (select desktop_id from lease where state <> 'ended' group by desktop_id having count(*) > 1) as twice)::integer as twice,
        (select count(*) from lease join residual_session as residual on residual.desktop_id = lease.desktop_id and residual.ended_at is null and residual.person_id <> lease.person_id where lease.state <> 'ended')::integer as others,
        (select count(*) from waiting where ended_at is null and cardinality(reasons) = 0)::integer as unreasoned,
        (select count(*) from (select person_id from waiting where ended_at is null group by person_id having count(*) > 1) as away)::integer as away`.execute(database);
    const [now] = rows;
    happened = now!.happened && kills >= 3 && looks > 25;
    expect({ ...now, happened: true, taken: 0, fits: now!.taken <= SEATS }).toEqual({ happened: true, taken: 0, twice: 0, others: 0, unreasoned: 0, away: 0, fits: true });
    [looks, most] = [looks + 1, Math.max(most, now!.taken)];
    await new Promise((resolve) => setTimeout(resolve, 40));
    if (performance.now() - lastKill > KILLS) {
      const [victim] = [...running].toSorted(() => Math.random() - 0.5);
      victim?.kill('SIGKILL');
      await start(crowd);
      // From when the new one works: a machine that is slow to start one would otherwise see each killed before it did anything.
      [kills, lastKill] = [kills + 1, performance.now()];
    }
  }
  for (const child of running) child.kill('SIGKILL');

  const { rows: told } = await sql<{ admitted: number; waited: number; fromQueue: number; yielded: number; wrong: number; young: number; unnoticed: number }>`
    select (select count(*) from lease)::integer as admitted, (select count(*) from waiting)::integer as waited, (select count(*) from lease where waiting_id is not null)::integer as "fromQueue",
      (select count(*) from preemption where outcome = 'yielded')::integer as yielded,
      (select count(*) from preemption where class = 'P0' or urgency(class) <= urgency(for_class))::integer as wrong,
      (select count(*) from preemption join lease on lease.id = preemption.lease_id where preemption.noticed_at < lease.granted_at + interval '1 second')::integer as young,
      (select count(*) from lease where ended_because = 'preempted' and not exists (select from preemption where preemption.lease_id = lease.id and outcome = 'yielded' and ends_at <= lease.ended_at))::integer as unnoticed`.execute(database);
  expect(told[0]).toMatchObject({ wrong: 0, young: 0, unnoticed: 0 });
  // It was a crowd: the seats were all taken, people waited, were let in from the queue, and yielded, while processes died.
  expect(most).toBeGreaterThan(SEATS * 0.9);
  expect(kills).toBeGreaterThanOrEqual(3);
  expect(looks).toBeGreaterThan(25);
  expect(told[0]!.waited).toBeGreaterThan(100);
  expect(told[0]!.fromQueue).toBeGreaterThan(20);
  expect(told[0]!.yielded).toBeGreaterThan(0);
  const { rows: broken } = await sql<{ count: number }>`select count(*)::integer as count from audit_record as record join audit_record as before on before.lane = record.lane and before.sequence = record.sequence - 1 where record.previous_hash <> before.hash`.execute(database);
  expect(broken[0]!.count).toBe(0);
}, 240_000);
