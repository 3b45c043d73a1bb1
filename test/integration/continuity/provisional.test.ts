import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { createTown, townPolicy } from '../../support/town.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const HOUR = 3_600;
const newTown = (policy?: Parameters<typeof createTown>[0]['policy']) => createTown({ database: test.database, ...(policy && { policy }) });

describe('raising the level alone', () => {
  it('counts for some for two hours, is marked as such, and reverts by itself', async () => {
    const town = await newTown();
    await town.raise('1');
    const base = await town.level();
    const { id } = await town.propose('3');
    const until = town.after(2 * HOUR);
    const situation = await town.alone(id);
    expect(situation.inForce).toMatchObject({ number: 2, level: '1', until: base.until, provisional: { level: '3', until } });
    expect(situation.proposals).toMatchObject([{ id, provisionalUntil: until }]);
    expect((await town.events()).at(-1)).toMatchObject({ code: 'SKA-5003', actor: { personId: town.proposer.personId }, fields: { proposalId: id, level: '3', baseLevel: '1', until: until.toISOString() } });

    town.clock.advance(2 * HOUR - 1);
    await town.levelClock.run();
    expect(await town.level()).toMatchObject({ number: 2, provisional: { level: '3' } });
    town.clock.advance(1);
    expect((await town.level()).provisional).toBeUndefined();
    await town.levelClock.run();
    expect(await town.level()).toMatchObject({ number: 3, level: '1', until: base.until, since: until });
    expect((await town.events()).at(-1)).toMatchObject({ code: 'SKA-5006', actor: { kind: 'system' }, fields: { from: '3', level: '1', number: 3 } });
  });

  it('stays when another person approves it in time', async () => {
    const town = await newTown();
    const proposed = await town.propose('3');
    await town.alone(proposed.id);
    town.clock.advance(HOUR);
    const { inForce, proposals } = await town.approve(proposed.id);
    expect(inForce).toMatchObject({ number: 2, level: '3', until: proposed.until });
    expect(inForce.provisional).toBeUndefined();
    expect(proposals).toEqual([]);
    town.clock.advance(2 * HOUR);
    await town.levelClock.run();
    expect(await town.level()).toMatchObject({ number: 2, level: '3' });
  });

  it('can be approved as long as it lasts, and after it while the proposal has time', async () => {
    const short = await newTown(() => townPolicy({ durations: { ...townPolicy().durations, proposal: HOUR } }));
    const { id } = await short.propose('2');
    await short.alone(id);
    short.clock.advance(HOUR + 1);
    expect((await short.situation()).proposals).toMatchObject([{ id }]);
    await short.approve(id);

    const long = await newTown();
    const later = await long.propose('2');
    await long.alone(later.id);
    long.clock.advance(3 * HOUR);
    expect((await refusalOf(long.alone(later.id))).code).toBe('proposal-closed');
    await long.approve(later.id);
    expect(await long.level()).toMatchObject({ level: '2', number: 3 });
  });

  it('is for the proposer, once a proposal', async () => {
    const town = await newTown();
    const { id } = await town.propose('2');
    expect((await refusalOf(town.alone(id, town.approver))).code).toBe('forbidden');
    await town.alone(id);
    expect((await refusalOf(town.alone(id))).code).toBe('proposal-closed');
  });

  it('cannot be strung together: all that one person raises alone within a day shares its two hours', async () => {
    const town = await newTown();
    const first = await town.propose('2');
    const end = town.after(2 * HOUR);
    await town.alone(first.id);
    town.clock.advance(1.5 * HOUR);
    const second = await town.propose('3');
    expect((await town.alone(second.id)).inForce.provisional).toEqual({ level: '3', until: end });
    town.clock.advance(HOUR);
    const third = await town.propose('3');
    expect((await refusalOf(town.alone(third.id))).code).toBe('own-proposal');
    expect(await town.level()).toMatchObject({ level: '0' });

    const another = await town.person('bcp-admin');
    await town.alone((await town.propose('3', {}, another)).id, another);
    town.clock.advance(24 * HOUR);
    await town.alone((await town.propose('3')).id);
    expect(await town.level()).toMatchObject({ provisional: { level: '3', until: town.after(2 * HOUR) } });
  });

  it('is a fresh start once another person has approved', async () => {
    const town = await newTown();
    const first = await town.propose('1');
    await town.alone(first.id);
    await town.approve(first.id);
    town.clock.advance(3 * HOUR);
    await town.alone((await town.propose('2')).id);
    expect(await town.level()).toMatchObject({ level: '1', provisional: { level: '2', until: town.after(2 * HOUR) } });
  });

  it('only raises: it neither extends nor takes the place of a higher one', async () => {
    const town = await newTown();
    await town.raise('2');
    town.clock.advance(HOUR);
    expect((await refusalOf(town.alone((await town.propose('2')).id))).code).toBe('level-unchanged');
    const other = await newTown();
    await other.alone((await other.propose('3')).id);
    expect((await refusalOf(other.alone((await other.propose('1')).id))).code).toBe('level-unchanged');
  });

  it('lasts no longer than policy says, nor than two hours whatever it says', async () => {
    let provisional = 600;
    const town = await newTown(() => townPolicy({ durations: { ...townPolicy().durations, provisional } }));
    expect((await town.alone((await town.propose('2')).id)).inForce.provisional).toEqual({ level: '2', until: town.after(600) });
    provisional = 90_000;
    const other = await createTown({ database: test.database, policy: () => townPolicy({ durations: { ...townPolicy().durations, provisional } }) });
    expect((await other.alone((await other.propose('2')).id)).inForce.provisional).toEqual({ level: '2', until: other.after(2 * HOUR) });
  });

  it.each(['proposer', 'approver'] as const)('ends at once when the %s withdraws it', async (who) => {
    const town = await newTown();
    await town.raise('1');
    const base = await town.level();
    const { id } = await town.propose('2');
    await town.alone(id);
    const { inForce, proposals } = await town.withdraw(id, town[who]);
    expect(inForce).toMatchObject({ number: 3, level: '1', until: base.until });
    expect(inForce.provisional).toBeUndefined();
    expect(proposals).toEqual([]);
    expect((await town.events()).slice(-2)).toMatchObject([
      { code: 'SKA-5007', actor: { personId: town[who].personId }, fields: { proposalId: id } },
      { code: 'SKA-5004', actor: { personId: town[who].personId }, fields: { from: '2', level: '1' } },
    ]);
    expect((await refusalOf(town.withdraw(id))).code).toBe('proposal-closed');
    expect((await refusalOf(town.approve(id))).code).toBe('proposal-closed');
  });

  it('ends at once when anybody who may tighten goes back to what everybody has', async () => {
    const town = await newTown();
    await town.raise('1');
    const base = await town.level();
    await town.alone((await town.propose('3')).id);
    expect((await refusalOf(town.tighten('2'))).code).toBe('level-not-tighter');
    expect((await town.tighten('1', town.approver)).inForce).toMatchObject({ number: 3, level: '1', until: base.until });
  });

  it('is not withdrawn by a stranger to it who may not approve', async () => {
    const town = await newTown();
    const { id } = await town.propose('2');
    expect((await refusalOf(town.withdraw(id, await town.person('bcp-admin')))).code).toBe('forbidden');
    expect((await town.withdraw(id)).inForce).toMatchObject({ number: 0 });
  });
});
