import * as fc from 'fast-check';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { Level, SignedIn } from '../../../broker/port.ts';
import { sql } from '../../../broker/store/index.ts';
import { eventually } from '../../support/eventually.ts';
import { createTown, origin } from '../../support/town.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const outcome = (step: Promise<unknown>) => step.then(() => 'done', (error: { code?: string; message: string }) => error.code ?? error.message);

it('two approvals at once, in two processes, give one change', async () => {
  for (let round = 0; round < 5; round += 1) {
    const town = await createTown({ database: test.database });
    const people = [town.approver, await town.person('activation-authority'), await town.person('activation-authority'), await town.person('activation-authority')];
    const { id } = await town.propose('2');
    const processes = [town.overDatabase(test.connect(4)), town.overDatabase(test.connect(4))];
    const ends = await Promise.all(people.map((person, index) => outcome(processes[index % 2]!.continuity.approve({ person: town.fresh(person), proposalId: id, origin }))));
    expect(ends.toSorted()).toEqual(['done', 'proposal-closed', 'proposal-closed', 'proposal-closed']);
    expect(await town.changes()).toHaveLength(1);
    expect((await town.events()).filter(({ event }) => event === 'levelApproved')).toHaveLength(1);
    expect((await town.events()).filter(({ event }) => event === 'approvalRefused').map(({ fields }) => fields['refusal'])).toEqual(['proposal-closed', 'proposal-closed', 'proposal-closed']);
  }
});

it.each<[string, string, (id: SignedIn) => ReturnType<typeof sql>]>([
  ['taking the role away', 'forbidden', ({ personId }) => sql`delete from role_grant where person_id = ${personId}`],
  ['suspending the account', 'sign-in-required', ({ personId }) => sql`update person set status = 'disabled' where id = ${personId}`],
  ['ending the sign-in', 'sign-in-required', ({ signInId }) => sql`update sign_in set ended_at = now(), ended_because = 'by-owner' where id = ${signInId}`],
])('an approval that comes while another process is %s waits for it, and is refused', async (_, code, taking) => {
  const town = await createTown({ database: test.database });
  const { id } = await town.propose('2');
  const other = town.overDatabase(test.connect(2));
  let approval: Promise<unknown> = Promise.resolve();
  await test.connect(1).transaction().execute(async (transaction) => {
    await taking(town.approver).execute(transaction);
    approval = outcome(other.continuity.approve({ person: town.fresh(town.approver), proposalId: id, origin }));
    await eventually(async () => {
      const { rows } = await sql`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(test.database);
      expect(rows).toHaveLength(1);
    });
  });
  expect(await approval).toBe(code);
  expect(await town.level()).toMatchObject({ number: 0, level: '0' });
});

it('an approval and a withdrawal at once: one of them comes first, and the other hears so', async () => {
  for (let round = 0; round < 5; round += 1) {
    const town = await createTown({ database: test.database });
    const { id } = await town.propose('2');
    await town.alone(id);
    const ends = await Promise.all([outcome(town.approve(id)), outcome(town.withdraw(id))]);
    expect(ends.toSorted()).toEqual(['done', 'proposal-closed']);
    const { level, provisional } = await town.level();
    expect([level, provisional]).toEqual([ends[0] === 'done' ? '2' : '0', undefined]);
  }
});

it('a tightening at the same time as an approval is never lost', async () => {
  for (let round = 0; round < 5; round += 1) {
    const town = await createTown({ database: test.database });
    await town.raise('1');
    const { id } = await town.propose('3');
    expect(await Promise.all([outcome(town.approve(id)), outcome(town.tighten('0'))])).toEqual(['done', 'done']);
    const changes = await town.changes();
    expect(changes.map(({ level, number }) => [level, Number(number)])).toEqual(changes[1]!.level === '3' ? [['1', 1], ['3', 2], ['0', 3]] : [['1', 1], ['0', 2], ['3', 3]]);
  }
});

it('whatever is done at once, in whatever order, every change is numbered in turn, is justified and has its event', async () => {
  type Step = { readonly kind: 'propose' | 'approve' | 'alone' | 'withdraw' | 'tighten' | 'clock'; readonly level: Level; readonly who: number };
  const step = fc.record<Step>({ kind: fc.constantFrom('propose', 'approve', 'approve', 'alone', 'withdraw', 'tighten', 'clock'), level: fc.constantFrom<Level>('0', '1', '2', '3', 'R'), who: fc.nat({ max: 2 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 4 }), hours: fc.integer({ min: 0, max: 80 }) }), { minLength: 2, maxLength: 5 }), async (rounds) => {
      const town = await createTown({ database: test.database });
      const people = [town.proposer, town.approver, await town.person('activation-authority')];
      const allowed = new Set(['done', 'forbidden', 'own-proposal', 'proposal-closed', 'level-unchanged', 'level-not-tighter', 'not-found']);
      for (const { steps, hours } of rounds) {
        const open = await test.database.selectFrom('level_proposal').where('organisation_id', '=', town.organisation.id).select('id').orderBy('proposed_at', 'desc').execute();
        const proposalId = open[0]?.id ?? '00000000-0000-4000-8000-000000000000';
        const ends = await Promise.all(
          steps.map(({ kind, level, who }) => {
            const person = people[who]!;
            if (kind === 'propose') return outcome(town.propose(level, {}, person));
            if (kind === 'approve') return outcome(town.approve(proposalId, person));
            if (kind === 'alone') return outcome(town.alone(proposalId, person));
            if (kind === 'withdraw') return outcome(town.withdraw(proposalId, person));
            if (kind === 'tighten') return outcome(town.tighten(level, person));
            return outcome(town.levelClock.run());
          }),
        );
        expect(ends.filter((end) => !allowed.has(end))).toEqual([]);
        town.clock.advance(hours * 3_600);
        await town.levelClock.run();
      }
      const changes = await town.changes();
      expect(changes.map(({ number }) => Number(number))).toEqual(changes.map((_, index) => index + 1));
      const told = (await town.events()).filter(({ event }) => /^level(Approved|RaisedProvisionally|Tightened|Fell|Reverted)$/.test(event));
      expect(new Set(told.map(({ fields }) => fields['number']))).toEqual(new Set(changes.map(({ number }) => Number(number))));
      expect(told).toHaveLength(changes.length);
      expect((await town.events()).filter(({ event }) => event === 'levelUnjustified')).toEqual([]);
      expect(town.logged).toEqual([]);
    }),
    { numRuns: 25 },
  );
}, 120_000);
