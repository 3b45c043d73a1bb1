import { sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { createSuccessionTown } from '../../support/succession-town.ts';
import { origin } from '../../support/town.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const newTown = () => createSuccessionTown(test.database);

describe('the succession order', () => {
  it('takes a proposal by one person and the approval of another, and is on the trail', async () => {
    const town = await newTown();
    const { first, second, proposer, approver } = town;
    const id = await town.order([first, second]);
    expect(await town.view()).toMatchObject({ order: [], proposals: [{ id, own: true, people: [{ id: first.personId }, { id: second.personId }] }] });
    expect((await town.approveOrder(id)).order.map(({ id }) => id)).toEqual([first.personId, second.personId]);
    expect(await town.view()).toMatchObject({ proposals: [], heads: [{ id: approver.personId }] });
    const people = [first.personId, second.personId];
    expect(await town.told('orderProposed', 'orderApproved')).toMatchObject([
      { code: 'SKA-5011', actor: { personId: proposer.personId }, fields: { orderId: id, people, reason: '毎年の見直し' } },
      { code: 'SKA-5012', actor: { personId: approver.personId }, fields: { orderId: id, people, number: 1, proposedBy: proposer.personId } },
    ]);
    await town.approveOrder(await town.order([second]));
    expect((await town.view()).order).toMatchObject([{ id: second.personId }]);
  });

  it('is not approved by who proposed it, after it was withdrawn, too late, or twice', async () => {
    const town = await newTown();
    const own = await town.order([town.first], town.approver);
    expect((await refusalOf(town.approveOrder(own))).code).toBe('own-proposal');
    const withdrawn = await town.order([town.first]);
    await town.succession.withdrawOrder({ person: town.proposer, orderId: withdrawn, origin });
    expect((await refusalOf(town.approveOrder(withdrawn))).code).toBe('proposal-closed');
    const late = await town.order([town.first]);
    town.clock.advance(7 * 3_600);
    expect((await refusalOf(town.approveOrder(late))).code).toBe('proposal-closed');
    const twice = await town.order([town.first]);
    await town.approveOrder(twice);
    expect((await refusalOf(town.approveOrder(twice))).code).toBe('proposal-closed');
    for (const none of ['x', '00000000-0000-4000-8000-000000000000']) expect((await refusalOf(town.approveOrder(none))).code).toBe('not-found');
    expect((await town.told('successionRefused')).map(({ fields }) => fields['refusal'])).toEqual(['own-proposal', 'proposal-closed', 'proposal-closed', 'proposal-closed', 'not-found', 'not-found']);
  });

  it('has nobody in it who keeps the system or audits it, who may approve already, who is suspended, or who is of another town', async () => {
    const [town, other] = [await newTown(), await newTown()];
    const suspended = await town.person('staff');
    await test.database.updateTable('person').set({ status: 'disabled' }).where('id', '=', suspended.personId).execute();
    for (const person of [await town.person('system-admin'), await town.person('auditor'), town.approver, suspended, other.first]) {
      expect((await refusalOf(town.order([town.first, person]))).code).toBe('succession-unsuitable');
      await expect(
        sql`insert into succession_order (id, organisation_id, people, reason, proposed_by, proposed_at, closes_at)
          values (gen_random_uuid(), ${town.organisation.id}, ${[person.personId]}::uuid[], 'x', ${town.proposer.personId}, now(), now() + interval '1 day')`.execute(test.database),
      ).rejects.toMatchObject({ constraint: 'succession_order_of_suitable' });
    }
    expect((await refusalOf(town.order([town.first, town.first]))).code).toBe('request-invalid');
    // Somebody who has become unsuitable by the time it is approved.
    const id = await town.order([town.first]);
    await test.database.updateTable('person').set({ status: 'disabled' }).where('id', '=', town.first.personId).execute();
    expect((await refusalOf(town.approveOrder(id))).code).toBe('succession-unsuitable');
  });

  it('takes a second factor that was proved lately, and a role for the whole organisation', async () => {
    const town = await newTown();
    const id = await town.order([town.first]);
    town.clock.advance(301);
    const { succession, proposer, approver, first } = town;
    for (const step of [
      succession.proposeOrder({ person: proposer, people: [first.personId], reason: '見直し', origin }),
      succession.approveOrder({ person: approver, orderId: id, origin }),
      succession.withdrawOrder({ person: proposer, orderId: id, origin }),
      succession.handOver({ person: approver, deputyId: first.personId, reason: '出張', origin }),
    ])
      expect((await refusalOf(step)).code).toBe('step-up-required');
    for (const role of ['staff', 'unit-head', 'security-officer', 'system-admin'] as const) {
      const person = town.fresh(await town.person(role));
      expect((await refusalOf(succession.proposeOrder({ person, people: [], reason: '見直し', origin }))).code).toBe('forbidden');
      expect((await refusalOf(succession.approveOrder({ person, orderId: id, origin }))).code).toBe('forbidden');
      expect((await refusalOf(succession.handOver({ person, deputyId: first.personId, reason: '出張', origin }))).code).toBe('forbidden');
      expect((await refusalOf(succession.declare({ person, reason: '不在', origin }))).code).toBe('forbidden');
    }
  });

  it('comes out whole when several are approved at once: each has its number', async () => {
    const town = await newTown();
    const approvers = [town.approver, await town.person('activation-authority'), await town.person('activation-authority')];
    const orders = [await town.order([town.first]), await town.order([town.second]), await town.order([town.third])];
    await Promise.all(orders.map((id, index) => town.approveOrder(id, approvers[index])));
    const numbers = await test.database.selectFrom('succession_order').where('organisation_id', '=', town.organisation.id).select('number').orderBy('number').execute();
    expect(numbers.map(({ number }) => Number(number))).toEqual([1, 2, 3]);
    const ends = await Promise.all([town.order([]), town.order([])].map(async (id) => id));
    const outcomes = await Promise.all(approvers.map((by) => town.approveOrder(ends[0]!, by).then(() => 'done', (error: { code: string }) => error.code)));
    expect(outcomes.toSorted()).toEqual(['done', 'proposal-closed', 'proposal-closed']);
    expect((await town.view()).order).toEqual([]);
  });

  it('is kept as it was proposed and approved by the database itself', async () => {
    const town = await newTown();
    const id = await town.order([town.first], town.approver);
    const approve = (by: string) => sql`update succession_order set approved_by = ${by}, approved_at = now(), number = 1 where id = ${id}`.execute(test.database);
    await expect(approve(town.approver.personId)).rejects.toMatchObject({ constraint: 'succession_order_by_two' });
    await expect(approve(town.proposer.personId)).rejects.toMatchObject({ constraint: 'level_act_is_rightful' });
    await expect(sql`update succession_order set people = '{}' where id = ${id}`.execute(test.database)).rejects.toMatchObject({ code: '23001' });
    await approve((await town.person('activation-authority')).personId);
    await expect(sql`update succession_order set approved_at = null, approved_by = null, number = null where id = ${id}`.execute(test.database)).rejects.toMatchObject({ code: '23001' });
    await expect(sql`delete from succession_order`.execute(test.database)).rejects.toMatchObject({ code: '23001' });
  });
});
