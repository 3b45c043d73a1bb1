import { readFile, stat, truncate } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { createCheckpointer, createTrail, events } from '../../../broker/audit/index.ts';
import { randomIds, systemClock } from '../../../broker/environment.ts';
import { sql, type Database } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createHeadsKeeper, type HeadsKeeper } from '../../support/heads-keeper.ts';
import { runVerifier } from '../../support/run-verifier.ts';

const trail = createTrail({ clock: systemClock, ids: randomIds });
let test: TestDatabase;
let database: Database;
let keeper: HeadsKeeper;
beforeAll(async () => {
  test = await startTestDatabase();
  database = test.database;
});
afterAll(() => test.close());
beforeEach(async () => {
  keeper = await createHeadsKeeper();
});
afterEach(() => keeper.remove());

const write = (personId: string) => database.transaction().execute((transaction) => trail.append(transaction, events.personEnabled({ actor: { kind: 'system' }, personId })));
const numbersOf = async (gateway: string) => (await keeper.checkpoints(gateway)).map(({ number }) => number);
const verify = (...gateways: string[]) => runVerifier(['--key', keeper.publicKeyFile, ...gateways.flatMap((gateway) => ['--heads', keeper.headsFile(gateway)])], test.connectionString);
const clear = () =>
  sql`alter table audit_checkpoint disable trigger append_only; delete from audit_checkpoint; alter table audit_checkpoint enable always trigger append_only`.execute(database);
beforeEach(() => clear());

it('signs at the start and at the stop, in the table and in its file', async () => {
  const gateway = keeper.gateway(database, 'a');
  await write('before');
  await gateway.start();
  await write('between');
  await gateway.stop();
  const checkpoints = await keeper.checkpoints('a');
  expect(checkpoints.map(({ number, gateway }) => [number, gateway])).toEqual([[1, 'a'], [2, 'a']]);
  const head = await database.selectFrom('audit_lane').selectAll().where('lane', '=', 0).executeTakeFirstOrThrow();
  expect(checkpoints[1]!.heads).toContainEqual([0, head.sequence, head.hash.toString('hex')]);
  expect((await verify('a')).report).toMatchObject({ intact: true, uncovered: 0, warnings: [], through: { number: 2 } });
  expect(gateway.told).toEqual([]);
});

it('puts the first checkpoint of a gateway’s life on the trail itself', async () => {
  const gateway = keeper.gateway(database, 'a');
  await gateway.start();
  await gateway.stop();
  const { body } = await database.selectFrom('audit_record').select('body').where('code', '=', 'SKA-9001').orderBy('sequence', 'desc').executeTakeFirstOrThrow();
  expect(JSON.parse(body.toString())).toMatchObject({ fields: { number: 1, keyId: keeper.signer.keyId, gateway: 'a' } });
});

it('signs at least every interval while it runs', async () => {
  const gateway = keeper.gateway(database, 'a', { intervalSeconds: 0.2 });
  await gateway.start();
  await setTimeout(1_000);
  await gateway.stop();
  const times = (await keeper.checkpoints('a')).map(({ at }) => Date.parse(at));
  const gaps = times.slice(1).map((time, n) => time - times[n]!);
  expect(gaps.length).toBeGreaterThanOrEqual(4);
  expect(gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 2)]).toBeLessThanOrEqual(200);
});

it('shares the work between gateways: one chain of checkpoints, of which each keeps its own file', async () => {
  const names = ['a', 'b', 'c'];
  const gateways = names.map((name) => keeper.gateway(test.connect(2), name, { intervalSeconds: 0.1 }));
  await Promise.all(gateways.map((gateway) => gateway.start()));
  await Promise.all(Array.from({ length: 50 }, (_, n) => write(`p${n}`)));
  await setTimeout(500);
  await Promise.all(gateways.map((gateway) => gateway.stop()));
  const table = (await database.selectFrom('audit_checkpoint').select('number').orderBy('number').execute()).map(({ number }) => number);
  expect(table).toEqual(table.map((_, n) => n + 1));
  for (const name of names) {
    const numbers = await numbersOf(name);
    expect(numbers).toEqual(numbers.map((_, n) => numbers[0]! + n));
    expect(numbers.length).toBeGreaterThan(3);
  }
  const { report } = await verify(...names);
  expect(report).toMatchObject({ intact: true, uncovered: 0 });
  expect(gateways.flatMap(({ told }) => told)).toEqual([]);
});

it('does not sign again what another gateway signed a moment ago', async () => {
  const [one, other] = [keeper.gateway(database, 'a', { intervalSeconds: 0.4 }), keeper.gateway(test.connect(2), 'b', { intervalSeconds: 0.4 })];
  await one.start();
  await other.start();
  await setTimeout(1_000);
  await Promise.all([one.stop(), other.stop()]);
  // Two starts, two stops, and one for each half interval, however many gateways there are.
  expect((await numbersOf('a')).length).toBeLessThanOrEqual(4 + 6);
});

it('goes on with its file after a restart, and copies what was signed in between', async () => {
  const first = keeper.gateway(database, 'a');
  await first.start();
  await first.stop();
  const other = keeper.gateway(database, 'b');
  await other.start();
  await other.stop();
  const again = keeper.gateway(database, 'a');
  await again.start();
  await again.stop();
  expect(await numbersOf('a')).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await numbersOf('b')).toEqual([3, 4]);
  expect((await verify('a', 'b')).report.intact).toBe(true);
});

it('repairs a line that was torn by a crash, without taking anything away from the file', async () => {
  const first = keeper.gateway(database, 'a');
  await first.start();
  await first.stop();
  const file = keeper.headsFile('a');
  const { size } = await stat(file);
  await truncate(file, size - 30);
  const torn = await readFile(file, 'utf8');
  const again = keeper.gateway(database, 'a');
  await again.start();
  await again.stop();
  expect((await readFile(file, 'utf8')).startsWith(torn)).toBe(true);
  const { report } = await verify('a');
  expect(report.findings).toEqual([]);
  expect(report.through).toMatchObject({ number: 4 });
});

it('goes on with a new key, and both public keys verify the whole', async () => {
  const first = keeper.gateway(database, 'a');
  await first.start();
  await first.stop();
  const successor = await createHeadsKeeper();
  const trail = createTrail({ clock: systemClock, ids: randomIds });
  const told: string[] = [];
  const deps = { database, trail, signer: successor.signer, clock: systemClock, log: { error: (message: string) => void told.push(message) }, gateway: 'a' };
  const second = createCheckpointer({ ...deps, headsFile: keeper.headsFile('a') });
  await second.start();
  await second.stop();
  const { report } = await runVerifier(['--heads', keeper.headsFile('a'), '--key', keeper.publicKeyFile, '--key', successor.publicKeyFile], test.connectionString);
  expect(report).toMatchObject({ intact: true, through: { number: 4 } });
  expect((await verify('a')).report.findings).toContainEqual(expect.objectContaining({ kind: 'checkpoint-altered', line: 3 }));
  expect(told).toEqual([]);
  await successor.remove();
});

it('refuses to start where the file cannot be written', async () => {
  const gateway = keeper.gateway(database, 'no/such/folder');
  await expect(gateway.start()).rejects.toThrow('ENOENT');
});

it('raises an alarm when signed records or checkpoints are gone, and keeps the evidence', async () => {
  const gateway = keeper.gateway(database, 'a', { intervalSeconds: 3_600 });
  await write('lost');
  await gateway.start();
  await sql`
    alter table audit_record disable trigger append_only; alter table audit_lane disable trigger append_only;
    delete from audit_record where (lane, sequence) in (select lane, sequence from audit_lane where lane = 0);
    delete from audit_record where (lane, sequence) in (select lane, sequence - 1 from audit_lane where lane = 0);
    update audit_lane set sequence = sequence - 2, hash = (select hash from audit_record r where r.lane = 0 and r.sequence = audit_lane.sequence - 2) where lane = 0;
    alter table audit_record enable always trigger append_only; alter table audit_lane enable always trigger append_only;`.execute(database);
  await clear();
  await gateway.stop();
  expect(gateway.told).toMatchObject([{ fields: { lanes: [0] } }, { fields: { number: 1 } }]);
  expect(await numbersOf('a')).toEqual([1, 2]);
  const { code, report } = await verify('a');
  expect(code).toBe(1);
  expect(report.findings).toContainEqual(expect.objectContaining({ kind: 'truncated', lane: 0 }));
});

it('tells of a failure while it runs and goes on', async () => {
  const pool = test.connect(1);
  const gateway = keeper.gateway(pool, 'a', { intervalSeconds: 0.1 });
  await gateway.start();
  await pool.destroy();
  await setTimeout(200);
  await gateway.stop();
  expect(gateway.told.length).toBeGreaterThan(0);
});
