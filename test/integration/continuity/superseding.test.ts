import { sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import { refusalOf } from '../../support/identity.ts';
import { createTown, origin, type Town } from '../../support/town.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const newTown = () => createTown({ database: test.database });
const change = (town: Town, supersedes: string, by = town.proposer, level: '1' | '2' | '3' = '3') => town.continuity.propose({ person: town.fresh(by), proposal: town.proposal(level), supersedes, origin });
const code = async (step: Promise<unknown>) => (await refusalOf(step)).code;
const outcome = (step: Promise<unknown>) => step.then(() => 'done', (error: { code?: string; message: string }) => error.code ?? error.message);

describe('changing a proposal', () => {
  it('makes a new one that has to be approved anew; the old one can no longer be approved', async () => {
    const town = await newTown();
    const old = await town.propose('2');
    const changed = await change(town, old.id);
    expect(changed.supersedes).toEqual({ level: '2', until: old.until, reason: old.reason, proposedBy: town.proposer.displayName, proposedAt: old.proposedAt });
    expect((await town.situation(town.approver)).proposals).toMatchObject([{ id: changed.id, level: '3', supersedes: { level: '2' } }]);
    expect(await code(town.approve(old.id))).toBe('proposal-closed');
    expect(await code(town.alone(old.id))).toBe('proposal-closed');
    expect(await code(town.withdraw(old.id))).toBe('proposal-closed');
    expect(await code(change(town, old.id))).toBe('proposal-closed');
    await town.approve(changed.id);
    expect(await town.level()).toMatchObject({ level: '3' });
    const events = await town.events();
    expect(events.filter(({ event }) => event === 'levelProposed')).toMatchObject([{ fields: { proposalId: old.id } }, { fields: { proposalId: changed.id, supersedes: old.id } }]);
    expect(events.filter(({ event }) => event === 'approvalRefused')).toMatchObject([{ fields: { proposalId: old.id, refusal: 'proposal-closed' } }]);
  });

  it('makes whoever changes it the proposer, who cannot approve it', async () => {
    const town = await newTown();
    const old = await town.propose('2');
    const changed = await change(town, old.id, town.approver);
    expect(changed.proposedBy.id).toBe(town.approver.personId);
    expect(await code(town.approve(changed.id))).toBe('own-proposal');
    await town.approve(changed.id, await town.person('activation-authority'));
  });

  it('is for its proposer and for whoever may approve it, while it is open', async () => {
    const [town, other] = [await newTown(), await newTown()];
    const { id } = await town.propose('2');
    expect(await code(change(town, id, await town.person('bcp-admin')))).toBe('forbidden');
    expect(await code(change(other, id))).toBe('not-found');
    await town.approve(id);
    expect(await code(change(town, id))).toBe('proposal-closed');
    const withdrawn = await town.propose('3');
    await town.withdraw(withdrawn.id);
    expect(await code(change(town, withdrawn.id))).toBe('proposal-closed');
    const late = await town.propose('3');
    town.clock.advance(6 * 3_600);
    expect(await code(change(town, late.id))).toBe('proposal-closed');
  });

  it('of one that holds provisionally leaves that until its end, and nobody can make it stay', async () => {
    const town = await newTown();
    const { id } = await town.propose('2');
    await town.alone(id);
    const changed = await change(town, id);
    expect(await town.level()).toMatchObject({ provisional: { level: '2' } });
    expect(await code(town.approve(id))).toBe('proposal-closed');
    town.clock.advance(7_200);
    expect((await town.level()).provisional).toBeUndefined();
    await town.approve(changed.id);
    expect(await town.level()).toMatchObject({ level: '3' });
  });
});

it('an approval and a change at once, in two processes: one comes first, and the other is refused', async () => {
  for (let round = 0; round < 8; round += 1) {
    const town = await newTown();
    const { id } = await town.propose('2');
    const other = town.overDatabase(test.connect(2));
    const approval = () => outcome(town.approve(id));
    const changing = () => outcome(other.continuity.propose({ person: town.fresh(town.proposer), proposal: town.proposal('3'), supersedes: id, origin }));
    const [approved, changed] = await Promise.all(round % 2 === 0 ? [approval(), changing()] : [changing(), approval()].toReversed());
    expect([approved!, changed!].toSorted()).toEqual(['done', 'proposal-closed']);
    expect((await town.level()).level).toBe(approved === 'done' ? '2' : '0');
  }
});

describe('the database, at the row of the proposal', () => {
  const approval = (town: Town, id: string) => sql`insert into level_approval (proposal_id, organisation_id, proposed_by, approved_by, approved_at) values (${id}, ${town.organisation.id}, ${town.proposer.personId}, ${town.approver.personId}, ${town.clock.now()})`;
  const superseding = (town: Town, id: string) => sql`
    insert into level_proposal (id, organisation_id, level, event, onset, reason, until, proposed_by, proposed_at, closes_at, supersedes)
    select gen_random_uuid(), organisation_id, '3', event, onset, reason, until, proposed_by, proposed_at, closes_at, id from level_proposal where id = ${id} and organisation_id = ${town.organisation.id}`;

  it.each([
    ['a change waits for an approval', approval, superseding],
    ['an approval waits for a change', superseding, approval],
    ['a change waits for another one', superseding, superseding],
  ] as const)('%s that came first, and is refused', async (_, first, second) => {
    const town = await newTown();
    const { id } = await town.propose('2');
    let late: Promise<unknown> = Promise.resolve();
    await test.connect(1).transaction().execute(async (transaction) => {
      await first(town, id).execute(transaction);
      late = second(town, id).execute(test.connect(1)).then(() => 'done', (error: { constraint?: string }) => error.constraint);
      await eventually(async () => {
        const { rows } = await sql`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(test.database);
        expect(rows).toHaveLength(1);
      });
    });
    expect(['level_proposal_is_open', 'level_proposal_supersedes_key']).toContain(await late);
  });

  it("refuses to change another organisation's, and to take a change back", async () => {
    const [town, other] = [await newTown(), await newTown()];
    const { id } = await town.propose('2');
    const foreign = await other.propose('2');
    await expect(
      sql`insert into level_proposal (id, organisation_id, level, event, onset, reason, until, proposed_by, proposed_at, closes_at, supersedes)
        select gen_random_uuid(), organisation_id, level, event, onset, reason, until, proposed_by, proposed_at, closes_at, ${foreign.id} from level_proposal where id = ${id}`.execute(test.database),
    ).rejects.toMatchObject({ constraint: 'level_proposal_is_open' });
    const changed = await change(town, id);
    await expect(sql`update level_proposal set supersedes = null where id = ${changed.id}`.execute(test.database)).rejects.toMatchObject({ code: '23001' });
  });
});
