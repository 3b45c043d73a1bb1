import { randomUUID } from 'node:crypto';
import { ACTIONS, type Action } from '../../../broker/authorization/index.ts';
import type { Role } from '../../../broker/port.ts';
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
const ROLES: readonly Role[] = ['staff', 'unit-head', 'shelter-manager', 'bcp-admin', 'activation-authority', 'security-officer', 'auditor', 'system-admin'];
const rolesFor = (action: Action): readonly Role[] => ACTIONS[action];
const newTown = () => createTown({ database: test.database });
const insert = (town: Town, row: LevelRow) => insertChange(test.database, town, row);

describe('whoever may write into the tables is refused', () => {
  it('what two people agreed to, once more after it was lowered', async () => {
    const town = await newTown();
    const { id, until } = await town.propose('3');
    await town.approve(id);
    await town.tighten('0');
    await expect(insert(town, { how: 'approved', level: '3', until, proposalId: id })).rejects.toMatchObject({ constraint: 'level_change_once_a_proposal' });
  });

  it('a lower level, a fall or a proposal with an end that lies further ahead than any policy allows', async () => {
    const town = await newTown();
    await town.raise('3');
    const month = 31 * 24 * HOUR;
    const then = town.after(24 * HOUR);
    const tooLong = { constraint: 'level_change_check' };
    await expect(insert(town, { how: 'tightened', level: '2', until: town.after(month + 1) })).rejects.toMatchObject(tooLong);
    await expect(insert(town, { how: 'expired', level: '2', since: then, until: town.after(24 * HOUR + month + 1), by: null })).rejects.toMatchObject(tooLong);
    await expect(insert(town, { how: 'tightened', level: '2', since: town.after(24 * HOUR + 1), until: town.after(month) })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    await expect(insert(town, { how: 'expired', level: '2', since: town.after(24 * HOUR + 1), until: town.after(month), by: null })).rejects.toMatchObject({ constraint: 'level_change_is_justified' });
    await expect(
      sql`insert into level_proposal select ${randomUUID()}, organisation_id, level, event, onset, reason, proposed_at + interval '31 days 1 second', proposed_by, proposed_at, closes_at, null from level_proposal where organisation_id = ${town.organisation.id} limit 1`.execute(test.database),
    ).rejects.toMatchObject({ code: '23514' });
  });

  it('a proposal or an approval in the name of somebody who has no right to it, or has it no longer', async () => {
    const town = await newTown();
    const { id } = await town.propose('2');
    const approval = (by: string) => test.database.insertInto('level_approval').values({ proposal_id: id, organisation_id: town.organisation.id, proposed_by: town.proposer.personId, approved_by: by, approved_at: town.clock.now() }).execute();
    const proposal = (by: string) =>
      sql`insert into level_proposal select ${randomUUID()}, organisation_id, level, event, onset, reason, until, ${by}, proposed_at, closes_at, null from level_proposal where id = ${id}`.execute(test.database);
    const wrong = { constraint: 'level_act_is_rightful' };
    for (const role of ROLES) {
      const { personId } = await town.person(role);
      const approved = approval(personId);
      const proposed = proposal(personId);
      if (rolesFor('level.approve').includes(role)) await approved;
      else await expect(approved).rejects.toMatchObject(wrong);
      if (rolesFor('level.propose').includes(role)) await proposed;
      else await expect(proposed).rejects.toMatchObject(wrong);
    }
    const [revoked, suspended, ofUnit] = [await town.person('activation-authority'), await town.person('activation-authority'), await town.person('activation-authority')];
    await test.database.deleteFrom('role_grant').where('person_id', '=', revoked.personId).execute();
    await test.database.updateTable('person').set({ status: 'disabled' }).where('id', '=', suspended.personId).execute();
    await sql`update role_grant set unit_id = person.unit_id from person where person.id = role_grant.person_id and person.id = ${ofUnit.personId}`.execute(test.database);
    for (const { personId } of [revoked, suspended, ofUnit]) {
      await expect(approval(personId)).rejects.toMatchObject(wrong);
      await expect(proposal(personId)).rejects.toMatchObject(wrong);
    }
  });

  it('other ranks of levels, and roles that suddenly suit each other', async () => {
    for (const statement of [sql`update continuity_level set rank = 0`, sql`insert into continuity_level values ('4', 9)`, sql`delete from role_conflict`, sql`update role_conflict set role = 'staff'`, sql`truncate role_conflict`]) {
      await expect(statement.execute(test.database)).rejects.toMatchObject({ code: '23001' });
    }
  });

  it('a release of entry for which another one is said to have asked', async () => {
    const { organisation, proposer, approver, clock } = await newTown();
    const stopId = randomUUID();
    await sql`insert into entry_stop values (${stopId}, ${organisation.id}, null, '不正アクセス', ${proposer.personId}, ${clock.now()})`.execute(test.database);
    await sql`insert into entry_release values (${stopId}, ${organisation.id}, ${proposer.personId}, ${clock.now()}, '終わった', null, null)`.execute(test.database);
    const agree = (askedBy: string, by: string) => sql`update entry_release set asked_by = ${askedBy}, agreed_by = ${by}, agreed_at = ${clock.now()} where stop_id = ${stopId}`.execute(test.database);
    await expect(agree(approver.personId, proposer.personId)).rejects.toMatchObject({ code: '23001' });
    await expect(agree(proposer.personId, proposer.personId)).rejects.toMatchObject({ constraint: 'entry_release_by_two' });
    await agree(proposer.personId, approver.personId);
  });
});

describe('whoever may write into the tables', () => {
  it('raises nothing for years by a provisional level that begins then, and the alarm is raised', async () => {
    const town = await newTown();
    const { id } = await town.propose('3');
    const year = 365 * 24 * HOUR;
    await insert(town, { how: 'provisional', level: '3', base: '0', since: town.after(year), until: town.after(year + HOUR), proposalId: id });
    const { number, level, provisional } = await town.level();
    expect({ number, level, provisional }).toEqual({ number: 1, level: '0', provisional: undefined });
    expect((await town.situation()).inForce.provisional).toBeUndefined();
    await town.levelClock.run();
    expect((await town.events()).filter(({ event }) => event === 'levelUnjustified')).toHaveLength(1);
    await town.tighten('0');
    expect(await town.level()).toMatchObject({ number: 2, level: '0' });
  });

  it('keeps what is under it for no longer either', async () => {
    const town = await newTown();
    await town.raise('2');
    const { id } = await town.propose('3');
    const year = 365 * 24 * HOUR;
    await insert(town, { how: 'provisional', level: '3', base: '2', baseUntil: town.after(72 * HOUR), since: town.after(year), until: town.after(year + HOUR), proposalId: id });
    town.clock.advance(73 * HOUR);
    expect((await town.level()).level).toBe('1');
    town.clock.advance(31 * 24 * HOUR);
    await town.levelClock.run();
    expect((await town.level()).level).toBe('0');
  });
});
