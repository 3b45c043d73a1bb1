import { createTrail, createTrailPort, events } from '../../../broker/audit/index.ts';
import { randomIds, systemClock } from '../../../broker/environment.ts';
import { sql, type Database } from '../../../broker/store/index.ts';
import { runVerifier } from '../../support/run-verifier.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';

const system = { kind: 'system' } as const;
const trail = createTrail({ clock: systemClock, ids: randomIds });
const event = (personId: string) => events.personDisabled({ actor: system, personId });

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await startTestDatabase();
  database = test.database;
});
afterAll(() => test.close());

const countOf = async () => Number((await database.selectFrom('audit_record').select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow()).count);
const placesOf = (prefix: string) =>
  database
    .selectFrom('audit_record')
    .select(['lane', 'sequence', sql<string>`convert_from(body, 'UTF8')::jsonb -> 'fields' ->> 'personId'`.as('person')])
    .where(sql<string>`convert_from(body, 'UTF8')::jsonb -> 'fields' ->> 'personId'`, 'like', `${prefix}%`)
    .orderBy('person')
    .execute();

async function expectIntact() {
  const { report } = await runVerifier([], test.connectionString);
  expect(report.findings).toEqual([]);
  expect(report.records).toBe(await countOf());
  return report;
}

it('computes hashes as docs/audit-trail.md defines them', async () => {
  const { rows } = await sql<{ hash: Buffer }>`select audit_hash(decode(repeat('00', 32), 'hex'), 0, 1, '{"id":"x"}') as hash`.execute(database);
  expect(rows[0]!.hash.toString('hex')).toBe('7442ee34a50c669eada7a44cbf37238b6174b36b72730934d0ef17d0331dedc6');
});

it('keeps an event as canonical JSON with its place in the chain', async () => {
  const organisationId = '7d0f2a5e-6a52-4c55-9f3e-0f6f6b0d9a11';
  await database.transaction().execute((transaction) =>
    trail.append(transaction, events.leaseConnected({ actor: { kind: 'person', personId: 'p', signInId: 's' }, organisationId, address: '192.0.2.7', leaseId: '業務', relayId: 'r' })),
  );
  const record = await database.selectFrom('audit_record').selectAll().executeTakeFirstOrThrow();
  const { id, at } = record;
  expect(record.body.toString()).toBe(
    `{"actor":{"kind":"person","personId":"p","signInId":"s"},"address":"192.0.2.7","at":"${at.toISOString()}","code":"SKA-4004","event":"leaseConnected","fields":{"leaseId":"業務","relayId":"r"},"id":"${id}","organisationId":"${organisationId}","version":1}`,
  );
  expect(record).toMatchObject({ lane: 0, sequence: 1, code: 'SKA-4004', organisation_id: organisationId });
});

it('keeps all events of a transaction in one lane, one after the other', async () => {
  await database.transaction().execute(async (transaction) => {
    await trail.append(transaction, event('one-1'), event('one-2'));
    await sql`select 1`.execute(transaction);
    await trail.append(transaction, event('one-3'));
  });
  const [first, ...rest] = await placesOf('one-');
  expect(rest.map(({ lane, sequence }) => [lane, sequence])).toEqual([[first!.lane, first!.sequence + 1], [first!.lane, first!.sequence + 2]]);
});

it('leaves no gap where a transaction is rolled back, whole or to a savepoint', async () => {
  const before = await countOf();
  await expect(
    database.transaction().execute(async (transaction) => {
      await trail.append(transaction, event('gone-1'));
      throw new Error('changed its mind');
    }),
  ).rejects.toThrow('changed its mind');
  await database.transaction().execute(async (transaction) => {
    await sql`savepoint here`.execute(transaction);
    await trail.append(transaction, event('gone-2'));
    await sql`rollback to savepoint here`.execute(transaction);
    await trail.append(transaction, event('kept'));
  });
  expect(await countOf()).toBe(before + 1);
  await expectIntact();
});

it('takes a free lane while others are held, and waits when none is free', async () => {
  const lanes = 32;
  const pool = test.connect(lanes + 1);
  const all = Promise.withResolvers<void>();
  let holding = 0;
  const everyLaneHeld = Promise.withResolvers<void>();
  const holders = Array.from({ length: lanes }, (_, n) =>
    pool.transaction().execute(async (transaction) => {
      await trail.append(transaction, event(`held-${n}`));
      holding += 1;
      if (holding === lanes) everyLaneHeld.resolve();
      await all.promise;
    }),
  );
  await everyLaneHeld.promise;
  let written = false;
  const late = pool.transaction().execute((transaction) => trail.append(transaction, event('late'))).then(() => (written = true));
  await waitUntilBlocked(database);
  expect(written).toBe(false);
  all.resolve();
  await Promise.all([...holders, late]);
  expect(new Set((await placesOf('held-')).map(({ lane }) => lane)).size).toBe(lanes);
  await expectIntact();
});

it('has neither gap nor branch nor loss in any lane when many processes write at once', async () => {
  const before = await countOf();
  const pools = Array.from({ length: 4 }, () => test.connect(8));
  const transactions = 400;
  let aborted = 0;
  await Promise.all(
    Array.from({ length: transactions }, (_, n) =>
      pools[n % pools.length]!.transaction()
        .execute(async (transaction) => {
          await trail.append(transaction, event(`busy-${n}-a`));
          if (n % 7 === 0) throw new Error('aborted');
          if (n % 3 === 0) await trail.append(transaction, event(`busy-${n}-b`), event(`busy-${n}-c`));
        })
        .catch(() => (aborted += 1)),
    ),
  );
  const expected = Array.from({ length: transactions }, (_, n) => (n % 7 === 0 ? 0 : n % 3 === 0 ? 3 : 1)).reduce<number>((sum, count) => sum + count, 0);
  expect(aborted).toBe(Math.ceil(transactions / 7));
  expect(await countOf()).toBe(before + expected);
  const report = await expectIntact();
  expect(report.lanes).toBeGreaterThan(1);
  const { rows } = await sql<{ lane: number }>`select lane from audit_record group by lane having count(*) <> max(sequence) or min(sequence) <> 1`.execute(database);
  expect(rows).toEqual([]);
});

it('writes what the edge refuses, and never fails it', async () => {
  const told: unknown[] = [];
  const log = { error: (message: string, fields?: unknown) => told.push([message, fields]) };
  const port = createTrailPort({ database, trail, log });
  await port.relayRefused({ code: 'lease-unknown', leaseId: 'x', origin: { address: '198.51.100.1', userAgent: 'curl' } });
  await port.unknownOpcode({ leaseId: 'x', opcode: `${'🎌'.repeat(100)}\0` });
  const bodies = (await database.selectFrom('audit_record').select('body').where('code', 'in', ['SKA-4101', 'SKA-4103']).orderBy('code').execute()).map(({ body }) => JSON.parse(body.toString()) as object);
  expect(bodies).toMatchObject([
    { actor: { kind: 'person' }, address: '198.51.100.1', fields: { refusal: 'lease-unknown', leaseId: 'x', userAgent: 'curl' } },
    { actor: { kind: 'system' }, fields: { leaseId: 'x', opcode: '🎌'.repeat(32) } },
  ]);
  expect(told).toEqual([]);

  const closed = test.connect(1);
  await sql`select 1`.execute(closed);
  await closed.destroy();
  await createTrailPort({ database: closed, trail, log }).unknownOpcode({ leaseId: 'x', opcode: 'y' });
  expect(told).toMatchObject([[expect.any(String), { code: 'SKA-4103' }]]);
});

async function waitUntilBlocked(connection: Database): Promise<void> {
  for (;;) {
    const { rows } = await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(connection);
    if (rows.length > 0) return;
  }
}

it('believes no head that somebody writes into the settings, and moves the lane once for all records of a statement', async () => {
  const forged = `0 999 ${'ab'.repeat(32)}`;
  await database.transaction().execute(async (transaction) => {
    await sql`select set_config('sekisho.audit_head', ${forged}, true)`.execute(transaction);
    await trail.append(transaction, event('head-1'), event('head-2'), event('head-3'));
    await sql`select set_config('sekisho.audit_head', ${forged}, true)`.execute(transaction);
    await trail.append(transaction, event('head-4'));
  });
  const places = await placesOf('head-');
  expect(new Set(places.map(({ lane }) => lane)).size).toBe(1);
  const [first] = places.map(({ sequence }) => sequence);
  expect(places.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3].map((step) => first! + step));
  await expectIntact();
});

it('refuses records that do not follow what their lane holds', async () => {
  const forging = `create function forge() returns trigger language plpgsql as $$
    begin perform set_config('sekisho.audit_head', concat_ws(' ', 0, 999, repeat('ab', 32)), true); return new; end $$;
    create trigger aa_forge before insert on audit_record for each row execute function forge()`;
  await sql.raw(forging).execute(database);
  const before = await countOf();
  await expect(database.transaction().execute((transaction) => trail.append(transaction, event('forged')))).rejects.toMatchObject({ constraint: 'audit_record_follows_lane' });
  await sql.raw('drop trigger aa_forge on audit_record; drop function forge()').execute(database);
  expect(await countOf()).toBe(before);
  await expectIntact();
});
