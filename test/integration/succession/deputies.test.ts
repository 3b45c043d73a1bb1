import { sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import { refusalOf } from '../../support/identity.ts';
import { createSuccessionTown, type SuccessionTown } from '../../support/succession-town.ts';
import { origin } from '../../support/town.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const HOUR = 3_600;
const newTown = async () => {
  const town = await createSuccessionTown(test.database);
  await town.withOrder();
  return town;
};
const running = async (town: SuccessionTown) => (await town.view()).deputyship;
const code = async (step: Promise<unknown>) => (await refusalOf(step)).code;

describe('handing over', () => {
  it('gives somebody of the order the right to approve until its end, and to nobody else', async () => {
    const town = await newTown();
    const { first, approver } = town;
    const { id } = await town.propose('2');
    expect(await code(town.approveAs(id, first))).toBe('forbidden');
    const until = town.after(2 * HOUR);
    const view = await town.handOver(first, { until });
    expect(view.deputyship).toMatchObject({ deputy: { id: first.personId }, how: 'handed-over', begunBy: { id: approver.personId }, until, reason: '出張のため' });
    expect(await code(town.approveAs(id, town.second))).toBe('forbidden');
    expect((await town.approveAs(id, first)).inForce).toMatchObject({ level: '2' });
    expect(await town.told('deputyBegan', 'levelApproved')).toMatchObject([
      { code: 'SKA-5014', actor: { personId: approver.personId }, fields: { deputyId: first.personId, how: 'handed-over', absent: [approver.personId], until: until.toISOString() } },
      { actor: { personId: first.personId }, fields: { proposalId: id, deputyshipId: view.deputyship!.id } },
    ]);
  });

  it('ends by time, and an approval after it is refused, also by the database, and is on the trail', async () => {
    const town = await newTown();
    const { first } = town;
    const { deputyship } = await town.handOver(first, { until: town.after(HOUR) });
    const { id } = await town.propose('2');
    const before = await town.known(first);
    town.clock.advance(HOUR);
    expect(await code(town.continuity.approve({ person: town.fresh(before), proposalId: id, origin }))).toBe('forbidden');
    expect(await town.told('approvalRefused')).toMatchObject([{ code: 'SKA-5010', actor: { personId: first.personId }, fields: { proposalId: id, refusal: 'forbidden' } }]);
    const insert = (at: Date) =>
      test.database
        .insertInto('level_approval')
        .values({ proposal_id: id, organisation_id: town.organisation.id, proposed_by: town.proposer.personId, approved_by: first.personId, approved_at: at, as_deputy: deputyship!.id })
        .execute();
    await expect(insert(town.clock.now())).rejects.toMatchObject({ constraint: 'level_act_is_rightful' });
    await expect(insert(town.after(-2 * HOUR))).rejects.toMatchObject({ constraint: 'level_act_is_rightful' });
    await insert(town.after(-1));
    await town.levelClock.run();
    expect(await town.told('deputyEnded')).toMatchObject([{ code: 'SKA-5015', actor: { kind: 'system' }, fields: { deputyId: first.personId, why: 'expired' } }]);
    const row = await test.database.selectFrom('deputyship').where('id', '=', deputyship!.id).select(['ended_at', 'until']).executeTakeFirstOrThrow();
    expect(row.ended_at).toEqual(row.until);
  });

  it('is over by the database\'s own clock, however far back that of the process was set', async () => {
    const town = await newTown();
    await town.handOver(town.first, { until: new Date(Date.now() + 1_200) });
    const { id } = await town.propose('2');
    const deputy = await town.known(town.first);
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    // The town's clock stands still, and so lies before the end.
    expect(deputy.standsIn!.deputy!.until > town.clock.now()).toBe(true);
    expect(await code(town.approveAs(id, town.first))).toBe('forbidden');
    expect(await town.told('approvalRefused')).toMatchObject([{ actor: { personId: town.first.personId }, fields: { proposalId: id, refusal: 'forbidden' } }]);
    expect(await town.level()).toMatchObject({ level: '0' });
  });

  it('lasts no longer than policy allows, goes to the order alone, and to one at a time', async () => {
    const town = await newTown();
    const longest = 259_200;
    for (const until of [town.after(longest + 1), town.after(0), town.after(-1), new Date(NaN)]) expect(await code(town.handOver(town.first, { until }))).toBe('request-invalid');
    expect(await code(town.handOver(town.proposer))).toBe('deputy-not-next');
    const { deputyship } = await town.handOver(town.second);
    expect(deputyship!.until).toEqual(town.after(longest));
    expect(await code(town.handOver(town.first))).toBe('deputy-not-next');
    // Whom the authority itself chose is pushed aside by nobody.
    for (const person of [town.first, town.third]) expect(await code(town.declare(person))).toBe('deputy-not-next');
    expect((await town.told('successionRefused')).map(({ fields }) => fields['act'])).toEqual(['hand-over', 'hand-over', 'hand-over', 'hand-over', 'hand-over', 'hand-over', 'declare', 'declare']);
  });

  it('is a right of the authority: a deputy hands over to nobody, and neither proposes nor approves an order', async () => {
    const town = await newTown();
    await town.withOrder(town.proposer, town.first);
    await town.handOver(town.proposer);
    const deputy = await town.known(town.proposer);
    expect(await code(town.succession.handOver({ person: deputy, deputyId: town.first.personId, reason: '交代', origin }))).toBe('forbidden');
    const order = await town.order([town.first], await town.person('bcp-admin'));
    expect(await code(town.approveOrder(order, deputy))).toBe('forbidden');
    expect(await code(town.order([town.first], deputy))).toBe('deputy-cannot');
    expect((await town.view(deputy)).may).toEqual({ propose: false, approve: false, handOver: false, declare: false, endDeputyship: true });
    const another = await town.propose('1');
    expect(await code(town.continuity.withdraw({ person: await town.known(town.first), proposalId: another.id, origin }))).toBe('forbidden');
  });

  it('lets nobody approve an own request, whatever second right they have', async () => {
    const town = await newTown();
    await town.withOrder(town.proposer);
    await town.handOver(town.proposer);
    const { id } = await town.propose('3');
    expect(await code(town.approveAs(id, town.proposer))).toBe('own-proposal');
    const { deputyship } = await town.view();
    await expect(
      test.database
        .insertInto('level_approval')
        .values({ proposal_id: id, organisation_id: town.organisation.id, proposed_by: town.proposer.personId, approved_by: town.proposer.personId, approved_at: town.clock.now(), as_deputy: deputyship!.id })
        .execute(),
    ).rejects.toMatchObject({ constraint: 'level_approval_by_another' });
    // The role itself, taken up after the proposal, is no way around it either.
    await test.database.deleteFrom('role_grant').where('person_id', '=', town.proposer.personId).execute();
    await test.database.insertInto('role_grant').values({ id: crypto.randomUUID(), organisation_id: town.organisation.id, person_id: town.proposer.personId, role: 'activation-authority', unit_id: null, granted_at: town.clock.now() }).execute();
    const turned = { ...town.proposer, grants: [{ role: 'activation-authority', organisationId: town.organisation.id, unitId: null, unitIds: [] }] } as const;
    expect(await code(town.approveAs(id, turned))).toBe('own-proposal');
    expect((await town.told('approvalRefused')).map(({ fields }) => fields['refusal'])).toEqual(['own-proposal', 'own-proposal']);
    expect(await town.level()).toMatchObject({ level: '0' });
  });
});

describe('declaring those before absent', () => {
  it('is for the next in order, with a reason, and names everybody who is said to be absent', async () => {
    const town = await newTown();
    const { first, second, third, approver } = town;
    expect((await town.declare(second)).deputyship).toMatchObject({ how: 'declared', deputy: { id: second.personId }, absent: [{ id: approver.personId }, { id: first.personId }], reason: '連絡が取れない' });
    expect(await code(town.declare(third))).toBe('deputy-not-next');
    expect(await code(town.declare(town.proposer))).toBe('forbidden');
    // Somebody before has come back and stands in: nearer to the head.
    const { deputyship } = await town.declare(first);
    expect(deputyship).toMatchObject({ deputy: { id: first.personId }, absent: [{ id: approver.personId }] });
    expect((await town.told('deputyEnded')).map(({ fields }) => fields['why'])).toEqual(['replaced']);
    const { id } = await town.propose('2');
    expect(await code(town.approveAs(id, second))).toBe('forbidden');
    await town.approveAs(id, first);
  });

  it('ends when the head comes back: by a word, or by deciding', async () => {
    const town = await newTown();
    await town.declare(town.first);
    await town.end((await running(town))!.id, town.approver);
    expect(await running(town)).toBeUndefined();
    await town.declare(town.first);
    const { id } = await town.propose('2');
    await town.approveAs(id, town.approver);
    expect(await running(town)).toBeUndefined();
    expect((await town.told('deputyEnded')).map(({ fields, actor }) => [fields['why'], actor['personId']])).toEqual([['returned', town.approver.personId], ['returned', town.approver.personId]]);
    await town.declare(town.first);
    await town.tighten('1', town.approver);
    expect(await running(town)).toBeUndefined();
    await town.declare(town.first);
    await town.propose('3', {}, town.approver);
    expect(await running(town)).toBeUndefined();
  });

  it('is ended by the deputy, by whoever was said to be absent, and by nobody else', async () => {
    const town = await newTown();
    const { id } = (await town.declare(town.second)).deputyship!;
    for (const person of [town.third, town.proposer]) expect(await code(town.end(id, person))).toBe('forbidden');
    await town.end(id, town.first);
    expect(await code(town.end(id, town.second))).toBe('deputyship-over');
    const again = (await town.declare(town.second)).deputyship!;
    await town.end(again.id, town.second);
    const proposal = await town.propose('1');
    expect(await code(town.approveAs(proposal.id, town.second))).toBe('forbidden');
    const over = (await town.declare(town.second, town.after(60))).deputyship!;
    town.clock.advance(60);
    expect(await code(town.end(over.id, town.second))).toBe('deputyship-over');
    for (const none of ['x', '00000000-0000-4000-8000-000000000000']) expect(await code(town.end(none, town.approver))).toBe('not-found');
    const other = await newTown();
    expect(await code(other.end(over.id, other.approver))).toBe('not-found');
  });

  it('comes out once when two do it at once, and never lets two act', async () => {
    for (let round = 0; round < 4; round += 1) {
      const town = await newTown();
      const people = [town.first, town.second, town.third];
      const ends = await Promise.all(people.map((person) => town.declare(person).then(() => 'done', (error: { code: string }) => error.code)));
      expect(ends).toContain('done');
      expect(ends.every((end) => end === 'done' || end === 'deputy-not-next')).toBe(true);
      const rows = await test.database.selectFrom('deputyship').where('organisation_id', '=', town.organisation.id).where('ended_at', 'is', null).select('deputy_id').execute();
      expect(rows).toHaveLength(1);
    }
  });

  it('is refused by the database to somebody out of the order, over people who are not said to be absent, and for a time that is over', async () => {
    const town = await newTown();
    const row = (change: object) =>
      test.database
        .insertInto('deputyship')
        .values({ id: crypto.randomUUID(), organisation_id: town.organisation.id, deputy_id: town.second.personId, how: 'declared', begun_by: town.second.personId, absent: [town.approver.personId, town.first.personId], reason: '不在', begins_at: town.clock.now(), until: town.after(HOUR), ...change })
        .execute();
    await expect(row({ absent: [town.approver.personId] })).rejects.toMatchObject({ constraint: 'deputyship_in_order' });
    await expect(row({ deputy_id: town.proposer.personId, begun_by: town.proposer.personId })).rejects.toMatchObject({ constraint: 'deputyship_in_order' });
    await expect(row({ how: 'handed-over', begun_by: town.proposer.personId })).rejects.toMatchObject({ constraint: 'level_act_is_rightful' });
    await expect(row({ begins_at: town.after(-HOUR), until: town.after(HOUR) })).rejects.toMatchObject({ constraint: 'deputyship_in_time' });
    await expect(row({ until: town.after(32 * 24 * HOUR) })).rejects.toMatchObject({ code: '23514' });
    await row({});
    await expect(row({})).rejects.toMatchObject({ constraint: 'deputyship_one_runs' });
    for (const statement of [sql`update deputyship set until = until + interval '1 hour'`, sql`update deputyship set deputy_id = begun_by, reason = 'x'`, sql`delete from deputyship`]) await expect(statement.execute(test.database)).rejects.toMatchObject({ code: '23001' });
  });
});

it('an approval by a deputy whose deputyship another process is ending waits for it, and is refused', async () => {
  const town = await newTown();
  const { deputyship } = await town.handOver(town.first);
  const { id } = await town.propose('2');
  const person = await town.known(town.first);
  let approval: Promise<unknown> = Promise.resolve();
  await test.connect(1).transaction().execute(async (transaction) => {
    await sql`update deputyship set ended_at = ${town.clock.now()}, ended_by = ${town.approver.personId}, ended_because = 'by-head' where id = ${deputyship!.id}`.execute(transaction);
    approval = town.overDatabase(test.connect(2)).continuity.approve({ person, proposalId: id, origin }).then(() => 'done', (error: { code: string }) => error.code);
    await eventually(async () => {
      const { rows } = await sql`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(test.database);
      expect(rows).toHaveLength(1);
    });
  });
  expect(await approval).toBe('forbidden');
  expect(await town.level()).toMatchObject({ level: '0' });
  expect(await town.told('approvalRefused')).toMatchObject([{ fields: { refusal: 'forbidden' } }]);
});

it('of a head who approves and a deputy who approves at the same time one wins, and the other hears so', async () => {
  for (let round = 0; round < 5; round += 1) {
    const town = await newTown();
    await town.declare(town.first);
    const { id } = await town.propose('2');
    const ends = await Promise.all([town.approver, town.first].map((person) => town.approveAs(id, person).then(() => 'done', (error: { code: string }) => error.code)));
    expect(ends.filter((end) => end === 'done')).toHaveLength(1);
    expect(['forbidden', 'proposal-closed']).toContain(ends.find((end) => end !== 'done'));
    expect(await town.changes()).toHaveLength(1);
    expect(await town.told('approvalRefused')).toHaveLength(1);
  }
});

it('what people did is told in order, to those who may see it', async () => {
  const town = await newTown();
  const { deputyship } = await town.handOver(town.first);
  await town.end(deputyship!.id, town.first);
  const proposal = await town.propose('2');
  await town.continuity.propose({ person: town.fresh(town.proposer), proposal: town.proposal('1'), supersedes: proposal.id, origin });
  const { items, next } = await town.succession.acts({ person: town.proposer });
  expect(next).toBeNull();
  expect(items.map(({ kind }) => kind).toSorted()).toEqual(['deputy-by-deputy', 'deputy-handed-over', 'level-changed', 'level-proposed', 'order-approved', 'order-proposed']);
  expect(items.find(({ kind }) => kind === 'deputy-handed-over')).toMatchObject({ by: town.approver.displayName, about: town.first.displayName, reason: '出張のため', asDeputy: false });
  const page = await town.succession.acts({ person: town.proposer, limit: 4 });
  const rest = await town.succession.acts({ person: town.proposer, limit: 4, cursor: page.next! });
  expect([...page.items, ...rest.items]).toEqual(items);
  expect(await code(town.succession.acts({ person: await town.person('unit-head') }))).toBe('forbidden');
  expect(await code(town.succession.acts({ person: town.proposer, cursor: '-1' }))).toBe('request-invalid');
});
