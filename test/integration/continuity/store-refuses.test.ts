import { sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { insertChange, type LevelRow } from '../../support/level-rows.ts';
import { createTown, type Town } from '../../support/town.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const HOUR = 3_600;
const newTown = () => createTown({ database: test.database });

const insert = (town: Town, row: LevelRow) => insertChange(test.database, town, row);

describe('the database refuses by itself', () => {
  it('the approval of an own proposal', async () => {
    const town = await newTown();
    const { id } = await town.propose('2', {}, town.approver);
    const approval = (by: string, proposedBy = town.approver.personId) =>
      test.database.insertInto('level_approval').values({ proposal_id: id, organisation_id: town.organisation.id, proposed_by: proposedBy, approved_by: by, approved_at: town.clock.now() }).execute();
    await expect(approval(town.approver.personId)).rejects.toMatchObject({ constraint: 'level_approval_by_another' });
    await expect(approval(town.approver.personId, town.proposer.personId)).rejects.toMatchObject({ code: '23503' });
    await approval((await town.person('activation-authority')).personId);
  });

  it('a level that nobody approved, and one for another level or for longer than was approved', async () => {
    const town = await newTown();
    const { id, until } = await town.propose('2');
    await expect(insert(town, { how: 'approved', level: '2', until, proposalId: id })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    await test.database.insertInto('level_approval').values({ proposal_id: id, organisation_id: town.organisation.id, proposed_by: town.proposer.personId, approved_by: town.approver.personId, approved_at: town.clock.now() }).execute();
    await expect(insert(town, { how: 'approved', level: '3', until, proposalId: id })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    await expect(insert(town, { how: 'approved', level: '2', until: new Date(until.getTime() + 1), proposalId: id })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    await expect(insert(town, { how: 'approved', level: '2', until: null, proposalId: id })).rejects.toMatchObject({ constraint: 'level_change_has_what_it_needs' });
    await insert(town, { how: 'approved', level: '2', until, proposalId: id });
    expect(await town.level()).toMatchObject({ level: '2' });
  });

  it("what another organisation's two people agreed to", async () => {
    const [town, other] = [await newTown(), await newTown()];
    const { id, until } = await other.propose('2');
    await test.database.insertInto('level_approval').values({ proposal_id: id, organisation_id: other.organisation.id, proposed_by: other.proposer.personId, approved_by: other.approver.personId, approved_at: town.clock.now() }).execute();
    await expect(insert(town, { how: 'approved', level: '2', until, proposalId: id })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
  });

  it('a provisional level of more than two hours, by another than the proposer, over a base that is not there, and one after the other', async () => {
    const town = await newTown();
    const { id } = await town.propose('2');
    const provisional = (row: Partial<LevelRow>) => insert(town, { how: 'provisional', level: '2', base: '0', until: town.after(2 * HOUR), proposalId: id, ...row });
    await expect(provisional({ until: town.after(2 * HOUR + 0.001) })).rejects.toMatchObject({ constraint: 'level_change_has_what_it_needs' });
    await expect(provisional({ by: town.approver.personId })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    await expect(provisional({ base: '1', baseUntil: town.after(HOUR) })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    await expect(provisional({ level: '3' })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    await provisional({});
    const another = await town.propose('2');
    await expect(provisional({ proposalId: another.id, since: town.after(HOUR), until: town.after(3 * HOUR) })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
  });

  it('a tightening that tightens nothing', async () => {
    const town = await newTown();
    await expect(insert(town, { how: 'tightened', level: '1', until: town.after(HOUR) })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    await town.raise('1');
    for (const level of ['1', 'R', '2', '3']) await expect(insert(town, { how: 'tightened', level, until: town.after(HOUR) })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    expect(await town.changes()).toHaveLength(1);
  });

  it('a provisional level that one person makes a lasting one', async () => {
    const town = await newTown();
    await town.raise('1');
    await town.alone((await town.propose('3')).id);
    for (const level of ['2', '3']) await expect(insert(town, { how: 'tightened', level, until: town.after(HOUR) })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    await expect(insert(town, { how: 'tightened', level: '1', until: town.after(15 * 24 * HOUR) })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    await insert(town, { how: 'tightened', level: '1', until: town.after(HOUR) });
  });

  it('a fall that is none: upward, at the same level, before its time, or by somebody', async () => {
    const town = await newTown();
    await town.raise('2');
    const then = town.after(72 * HOUR);
    const expired = (row: Partial<LevelRow>) => insert(town, { how: 'expired', level: '1', since: then, until: town.after(100 * HOUR), by: null, ...row });
    for (const level of ['2', '3']) await expect(expired({ level })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    await expect(expired({ since: town.after(71 * HOUR) })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    await expect(expired({ by: town.proposer.personId })).rejects.toMatchObject({ constraint: 'level_change_has_what_it_needs' });
    await expect(expired({ how: 'reverted' })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    await expired({});
  });

  it('a number that follows none, and one that is taken', async () => {
    const town = await newTown();
    await town.raise('2');
    await expect(insert(town, { how: 'tightened', level: '0', number: 3 })).rejects.toMatchObject({ constraint: 'level_change_follows' });
    await expect(insert(town, { how: 'tightened', level: '0', number: 1 })).rejects.toMatchObject({ code: '23505' });
  });

  it('rewriting what was proposed, approved or changed, and losing it', async () => {
    const town = await newTown();
    const { id } = await town.propose('2');
    await town.approve(id);
    const open = await town.propose('3');
    for (const statement of [
      sql`update level_change set level = '3', base_level = '3' where organisation_id = ${town.organisation.id}`,
      sql`delete from level_change`,
      sql`truncate level_change cascade`,
      sql`update level_approval set approved_by = proposed_by`,
      sql`delete from level_approval`,
      sql`update level_proposal set level = '3' where id = ${id}`,
      sql`update level_proposal set until = until + interval '1 day' where id = ${id}`,
      sql`update level_proposal set proposed_by = ${town.approver.personId} where id = ${open.id}`,
      sql`delete from level_proposal where id = ${open.id}`,
    ]) {
      await expect(statement.execute(test.database)).rejects.toMatchObject({ code: '23001' });
    }
    await town.withdraw(open.id);
    await expect(sql`update level_proposal set withdrawn_at = null where id = ${open.id}`.execute(test.database)).rejects.toMatchObject({ code: '23001' });
  });
});

describe('a change that came in around the database', () => {
  /** As somebody would who may change the schema. */
  async function forge(town: Town, row: LevelRow) {
    await sql`alter table level_change disable trigger is_justified`.execute(test.database);
    await insert(town, row);
    await sql`alter table level_change enable always trigger is_justified`.execute(test.database);
  }

  it('gives level 0 to everybody, and the alarm is raised once an hour by each process', async () => {
    const town = await newTown();
    const { id, until } = await town.propose('3');
    await forge(town, { how: 'approved', level: '3', until, proposalId: id });
    expect(await town.level()).toEqual({ number: 1, level: '0' });
    expect((await town.situation()).inForce).toEqual({ number: 1, level: '0' });
    const [changed] = await town.changes();

    await town.levelClock.run();
    await town.levelClock.run();
    const alarms = async () => (await town.events()).filter(({ event }) => event === 'levelUnjustified');
    expect(await alarms()).toMatchObject([{ code: 'SKA-5009', actor: { kind: 'system' }, fields: { changeId: changed!.id, number: 1, level: '3', how: 'approved' } }]);
    expect(town.logged).toHaveLength(1);
    expect(town.logged[0]!.fields).toMatchObject({ organisationId: town.organisation.id });
    town.clock.advance(HOUR);
    await town.levelClock.run();
    expect(await alarms()).toHaveLength(2);
    await town.overDatabase(test.database).levelClock.run();
    expect(await alarms()).toHaveLength(3);
    expect(await town.changes()).toHaveLength(1);
  });

  it('is not saved by what is built upon it, also not by the clock', async () => {
    const town = await newTown();
    await forge(town, { how: 'tightened', level: '3', until: town.after(HOUR) });
    await insert(town, { how: 'tightened', level: '2', until: town.after(50 * HOUR) });
    expect(await town.level()).toEqual({ number: 2, level: '0' });
    town.clock.advance(51 * HOUR);
    await town.levelClock.run();
    expect(await town.changes()).toHaveLength(2);
  });

  it('is put out of the way by one person, or by what two people agree to', async () => {
    const town = await newTown();
    await forge(town, { how: 'tightened', level: '3', until: town.after(HOUR) });
    await town.raise('1');
    expect(await town.level()).toMatchObject({ number: 2, level: '1' });
    await forge(town, { how: 'tightened', level: '3', until: town.after(HOUR) });
    expect(await town.level()).toEqual({ number: 3, level: '0' });
    await town.tighten('0');
    town.clock.advance(HOUR);
    const before = town.logged.length;
    await town.levelClock.run();
    expect(town.logged.slice(before).filter(({ fields }) => fields?.['organisationId'] === town.organisation.id)).toEqual([]);
    await town.alone((await town.propose('2')).id);
    expect(await town.level()).toMatchObject({ number: 5, level: '0', provisional: { level: '2' } });
  });

  it('counts for nothing where its own approval was forged as well', async () => {
    const town = await newTown();
    const { id, until } = await town.propose('3', {}, town.approver);
    await sql`alter table level_approval drop constraint level_approval_by_another`.execute(test.database);
    try {
      await test.database.insertInto('level_approval').values({ proposal_id: id, organisation_id: town.organisation.id, proposed_by: town.approver.personId, approved_by: town.approver.personId, approved_at: town.clock.now() }).execute();
      await expect(insert(town, { how: 'approved', level: '3', until, proposalId: id })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
      await forge(town, { how: 'approved', level: '3', until, proposalId: id });
    } finally {
      await sql`alter table level_approval add constraint level_approval_by_another check (approved_by <> proposed_by) not valid`.execute(test.database);
    }
    expect(await town.level()).toEqual({ number: 1, level: '0' });
  });
});
