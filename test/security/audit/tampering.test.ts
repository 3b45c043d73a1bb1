import { createTrail, events } from '../../../broker/audit/index.ts';
import { randomIds, systemClock } from '../../../broker/environment.ts';
import { sql, type Database } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { copiesOf, type DatabaseCopy } from '../../support/database-copies.ts';
import { createHeadsKeeper, type HeadsKeeper } from '../../support/heads-keeper.ts';
import { runVerifier } from '../../support/run-verifier.ts';

const trail = createTrail({ clock: systemClock, ids: randomIds });
let original: TestDatabase;
let keeper: HeadsKeeper;
let copy: () => Promise<DatabaseCopy>;
let test: DatabaseCopy;
let database: Database;

/** Twelve records in lane 0, with signed heads after the fifth and the twelfth, and a gateway that was stopped. */
beforeAll(async () => {
  original = await startTestDatabase();
  ({ database } = original);
  keeper = await createHeadsKeeper();
  const gateway = keeper.gateway(database, 'a');
  await write(5);
  await gateway.start();
  await write(6);
  await gateway.stop();
  await database.destroy();
  copy = copiesOf(original);
});
afterAll(async () => {
  await original.close();
  await keeper.remove();
});
beforeEach(async () => {
  test = await copy();
  ({ database } = test);
});
afterEach(() => test.drop());

async function write(count: number) {
  for (let n = 0; n < count; n += 1) {
    await database.transaction().execute((transaction) => trail.append(transaction, events.desktopAssigned({ actor: { kind: 'operator' }, desktopId: 'd', personId: `p${n}` })));
  }
}

const run = (statements: string) => sql.raw(statements).execute(database);
const idOf = async (sequence: number) => (await database.selectFrom('audit_record').select('id').where('sequence', '=', sequence).executeTakeFirstOrThrow()).id;
const verify = async () => runVerifier(['--heads', keeper.headsFile('a'), '--key', keeper.publicKeyFile], test.connectionString);

/** As an administrator would who owns the database: nothing in it holds them back. */
const asOwner = (statements: string) =>
  run(`
    alter table audit_record disable trigger all; alter table audit_lane disable trigger all; alter table audit_checkpoint disable trigger all;
    alter table audit_record drop constraint audit_record_hash_fits, drop constraint audit_record_pkey, drop constraint audit_record_id_key;
    ${statements}`);

/** All hashes of lane 0 computed anew, and the lane's head with them. */
const RECHAIN = `
  do $$ declare head bytea := decode(repeat('00', 32), 'hex'); r record; begin
    for r in select sequence, body from audit_record where lane = 0 order by sequence loop
      update audit_record set previous_hash = head, hash = audit_hash(head, 0, r.sequence, r.body) where lane = 0 and sequence = r.sequence;
      head := audit_hash(head, 0, r.sequence, r.body);
    end loop;
    update audit_lane set hash = head, sequence = (select max(sequence) from audit_record where lane = 0) where lane = 0;
  end $$;`;
const altered = (sequence: number) => `update audit_record set body = convert_to(replace(convert_from(body, 'UTF8'), 'desktopAssigned', 'desktopUnassigned'), 'UTF8') where sequence = ${sequence};`;

it('is intact before anything is done to it', async () => {
  expect((await verify()).report).toMatchObject({ intact: true, records: 12, uncovered: 0, warnings: [] });
});

describe('the database refuses', () => {
  it.each([
    ['an update of a record', `update audit_record set body = body`],
    ['a deletion of a record', `delete from audit_record where sequence = 1`],
    ['a deletion that would find nothing', `delete from audit_record where false`],
    ['truncation of the records', `truncate audit_record`],
    ['an update of a checkpoint', `update audit_checkpoint set body = body`],
    ['a deletion of a checkpoint', `delete from audit_checkpoint`],
    ['truncation of the checkpoints', `truncate audit_checkpoint`],
    ['an update of a lane', `update audit_lane set sequence = 0`],
    ['a deletion of a lane', `delete from audit_lane where lane = 7`],
    ['truncation of the lanes', `truncate audit_lane`],
    ['an update by a session of the replication role', `set session_replication_role = replica; update audit_record set body = body`],
    ['an insertion on conflict', `insert into audit_checkpoint select * from audit_checkpoint on conflict (number) do update set body = excluded.body`],
    ['merging into the records', `merge into audit_record r using audit_lane l on r.lane = l.lane when matched then delete`],
  ])('%s', async (_, statement) => {
    await expect(run(statement)).rejects.toThrow(/append-only/);
    expect((await verify()).report.intact).toBe(true);
  });

  it('a record whose hash does not fit, even where triggers do not run', async () => {
    const forged = `insert into audit_record select lane, 13, gen_random_uuid(), at, code, organisation_id, hash, hash, body from audit_record where sequence = 12`;
    await expect(run(`set session_replication_role = replica; ${forged}`)).rejects.toThrow(/audit_record_hash_fits/);
  });

  it.each([['no JSON', 'nonsense'], ['no event', '{}'], ['no UTF-8', '\\xff']])('a body that is %s', async (_, body) => {
    await expect(run(`insert into audit_record (body) values ('${body}')`)).rejects.toThrow();
  });

  it('to let an insertion choose its place: the chain decides', async () => {
    await run(`insert into audit_record (lane, sequence, id, at, code, previous_hash, hash, body) select 5, 99, gen_random_uuid(), now(), 'SKA-1', hash, hash, replace(convert_from(body, 'UTF8'), id::text, gen_random_uuid()::text)::bytea from audit_record where sequence = 3`);
    const { report } = await verify();
    expect(report).toMatchObject({ intact: true, records: 13, lanes: 1, uncovered: 1 });
  });
});

describe('the verifier names what the owner of the database did', () => {
  it('altered: a body', async () => {
    const id = await idOf(4);
    await asOwner(altered(4));
    const { code, report } = await verify();
    expect(report.findings).toMatchObject([{ kind: 'altered', lane: 0, sequence: 4, id }]);
    expect(code).toBe(1);
  });

  it('altered: a body with its own hash', async () => {
    await asOwner(`${altered(4)} update audit_record set hash = audit_hash(previous_hash, lane, sequence, body) where sequence = 4;`);
    expect((await verify()).report.findings).toMatchObject([{ kind: 'altered', lane: 0, sequence: 4 }]);
  });

  it.each([
    ['id', `id = gen_random_uuid()`],
    ['time, by a microsecond', `at = at + interval '1 microsecond'`],
    ['time, to no time at all', `at = 'infinity'`],
    ['code', `code = 'SKA-1004'`],
    ['organisation', `organisation_id = gen_random_uuid()`],
    ['lease, to another one', `lease_id = gen_random_uuid()`],
    ['lease, to none', `lease_id = case when lease_id is null then gen_random_uuid() end`],
    ['sign-in', `sign_in_id = case when sign_in_id is null then gen_random_uuid() end`],
  ])('altered: the column that repeats the %s', async (_, change) => {
    await asOwner(`update audit_record set ${change} where sequence = 5;`);
    expect((await verify()).report.findings).toMatchObject([{ kind: 'altered', lane: 0, sequence: 5 }]);
  });

  it('altered: the whole chain computed anew, given away by the signed heads', async () => {
    await asOwner(`${altered(9)} ${RECHAIN}`);
    const { report } = await verify();
    expect(report.findings).toMatchObject([{ kind: 'altered', lane: 0, sequence: 6, to: 12 }]);
  });

  it('altered: that, with the checkpoints of the database gone too', async () => {
    await asOwner(`${altered(2)} ${RECHAIN} delete from audit_checkpoint;`);
    expect((await runVerifier([], test.connectionString)).report).toMatchObject({ intact: true, warnings: [expect.any(String), expect.stringContaining('truncated')] });
    expect((await verify()).report.findings).toMatchObject([{ kind: 'altered', lane: 0, sequence: 1, to: 5 }]);
  });

  it('deleted: a record', async () => {
    await asOwner(`delete from audit_record where sequence = 6;`);
    expect((await verify()).report.findings).toMatchObject([{ kind: 'deleted', lane: 0, sequence: 6, to: 6 }]);
  });

  it('deleted: a record, the later ones moved up', async () => {
    await asOwner(`delete from audit_record where sequence = 6; update audit_record set sequence = sequence - 1 where sequence > 6;`);
    expect((await verify()).report.findings).toMatchObject([{ kind: 'deleted', lane: 0, sequence: 6, to: 6 }]);
  });

  it('reordered: two records that changed places', async () => {
    await asOwner(`update audit_record set sequence = 11 - sequence where sequence in (4, 7);`);
    expect((await verify()).report.findings).toMatchObject([{ kind: 'reordered', lane: 0, sequence: 4 }]);
  });

  it('reordered: two bodies exchanged under their hashes', async () => {
    await asOwner(`update audit_record r set body = o.body, id = o.id, at = o.at from audit_record o where (r.sequence, o.sequence) in ((3, 8), (8, 3));`);
    expect((await verify()).report.findings).toMatchObject([{ kind: 'reordered', lane: 0, sequence: 3 }]);
  });

  it('truncated: the newest records', async () => {
    await asOwner(`delete from audit_record where sequence > 9;`);
    expect((await verify()).report.findings).toMatchObject([{ kind: 'truncated', lane: 0, sequence: 10, to: 12 }]);
  });

  it('truncated: the newest records, with every trace of them in the database', async () => {
    await asOwner(`
      delete from audit_record where sequence > 9;
      update audit_lane set (sequence, hash) = (select sequence, hash from audit_record where sequence = 9) where lane = 0;
      delete from audit_checkpoint where number > 1;`);
    expect((await runVerifier(['--key', keeper.publicKeyFile], test.connectionString)).report.intact).toBe(true);
    const { code, report } = await verify();
    expect(report.findings).toMatchObject([{ kind: 'truncated', lane: 0, sequence: 10, to: 12 }]);
    expect(code).toBe(1);
  });

  it('truncated: everything', async () => {
    await asOwner(`delete from audit_record; delete from audit_checkpoint; update audit_lane set sequence = 0, hash = decode(repeat('00', 32), 'hex');`);
    expect((await verify()).report.findings).toMatchObject([{ kind: 'truncated', lane: 0, sequence: 1, to: 12 }]);
  });

  it('truncated and written over: new records in the place of signed ones', async () => {
    await asOwner(`
      delete from audit_record where sequence > 9;
      update audit_lane set (sequence, hash) = (select sequence, hash from audit_record where sequence = 9) where lane = 0;
      delete from audit_checkpoint where number > 1;
      alter table audit_record enable trigger all; alter table audit_lane enable trigger all;`);
    await write(10);
    expect((await verify()).report.findings).toMatchObject([{ kind: 'altered', lane: 0, sequence: 6, to: 12 }]);
  });

  it('inserted: a record that did not come by way of the trail', async () => {
    await asOwner(`insert into audit_record select lane, 13, gen_random_uuid(), at, code, organisation_id, hash, audit_hash(hash, lane, 13, body), body from audit_record where sequence = 12;`);
    expect((await verify()).report.findings).toMatchObject([{ kind: 'altered', lane: 0, sequence: 13 }]);
    await run(`update audit_record set id = (select id from audit_record where sequence = 12) where sequence = 13`);
    expect((await verify()).report.findings).toMatchObject([{ kind: 'inserted', lane: 0, sequence: 13 }]);
  });

  it('a checkpoint altered or taken away in the database', async () => {
    await asOwner(`update audit_checkpoint set body = convert_to(replace(convert_from(body, 'UTF8'), '"a"', '"b"'), 'UTF8') where number = 2;`);
    expect((await verify()).report.findings).toMatchObject([{ kind: 'checkpoint-altered', source: 'database', line: 2 }]);
    await run(`delete from audit_checkpoint where number = 1`);
    expect((await verify()).report.findings).toMatchObject([{ kind: 'checkpoint-altered', source: 'database', line: 1 }]);
  });

  it('all of it at once, in every lane, the lowest first', async () => {
    await asOwner(`
      insert into audit_record select 1, sequence, id, at, code, organisation_id, previous_hash, hash, body from audit_record;
      ${altered(4)}`);
    expect((await verify()).report.findings).toMatchObject([{ lane: 0, sequence: 4 }, { lane: 1, sequence: 1 }]);
  });
});
