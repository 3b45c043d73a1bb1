import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { createTown, origin, townPolicy } from '../../support/town.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const newTown = (policy?: Parameters<typeof createTown>[0]['policy']) => createTown({ database: test.database, ...(policy && { policy }) });

describe('raising the level', () => {
  it('takes a proposal by one person and the approval of another, and is on the trail with who, what, why and until when', async () => {
    const town = await newTown();
    const proposed = await town.propose('2');
    const until = town.after(72 * 3_600);
    expect(proposed).toMatchObject({ level: '2', until, own: true, proposedBy: { id: town.proposer.personId }, closesAt: town.after(6 * 3_600) });
    expect(await town.level()).toEqual({ number: 0, level: '0' });
    expect((await town.situation(town.approver)).proposals).toMatchObject([{ id: proposed.id, own: false }]);

    const situation = await town.approve(proposed.id);
    expect(situation.inForce).toEqual({ number: 1, level: '2', since: town.clock.now(), until, event: 'earthquake', onset: proposed.onset, reason: '震度6強の地震' });
    expect(situation.proposals).toEqual([]);
    expect(await town.level()).toEqual(situation.inForce);
    const what = { proposalId: proposed.id, level: '2', event: 'earthquake', onset: proposed.onset.toISOString(), reason: '震度6強の地震', until: until.toISOString() };
    const by = ({ personId, signInId }: typeof town.proposer) => ({ actor: { kind: 'person', personId, signInId }, address: origin.address });
    expect(await town.events()).toMatchObject([
      { code: 'SKA-5001', event: 'levelProposed', ...by(town.proposer), fields: what },
      { code: 'SKA-5002', event: 'levelApproved', ...by(town.approver), fields: { ...what, proposedBy: town.proposer.personId, number: 1 } },
    ]);
  });

  it('is refused to the proposer, who may hold the right to approve', async () => {
    const town = await newTown();
    const { id } = await town.propose('2', {}, town.approver);
    expect((await refusalOf(town.approve(id, town.approver))).code).toBe('own-proposal');
    expect(await town.level()).toMatchObject({ number: 0 });
    expect((await town.events()).filter(({ event }) => event === 'approvalRefused')).toMatchObject([{ code: 'SKA-5010', actor: { personId: town.approver.personId }, fields: { proposalId: id, refusal: 'own-proposal' } }]);
    await town.approve(id, await town.person('activation-authority'));
    expect(await town.level()).toMatchObject({ level: '2' });
  });

  it('is refused by roles that do not allow it', async () => {
    const town = await newTown();
    const { id } = await town.propose('2');
    const another = await town.person('bcp-admin');
    expect((await refusalOf(town.approve(id, another))).code).toBe('forbidden');
    for (const role of ['staff', 'unit-head', 'shelter-manager', 'security-officer', 'auditor', 'system-admin'] as const) {
      const person = await town.person(role);
      expect((await refusalOf(town.propose('1', {}, person))).code).toBe('forbidden');
      expect((await refusalOf(town.approve(id, person))).code).toBe('forbidden');
      expect((await refusalOf(town.tighten('0', person))).code).toBe('forbidden');
      expect((await refusalOf(town.alone(id, person))).code).toBe('forbidden');
      expect((await refusalOf(town.withdraw(id, person))).code).toBe('forbidden');
    }
    expect(await town.level()).toMatchObject({ number: 0 });
  });

  it('is refused to somebody whose right is gone by the time it counts', async () => {
    const town = await newTown();
    const { id } = await town.propose('2');
    await test.database.deleteFrom('role_grant').where('person_id', '=', town.approver.personId).execute();
    expect((await refusalOf(town.approve(id))).code).toBe('forbidden');
    const second = await town.person('activation-authority');
    await test.database.updateTable('sign_in').set({ ended_at: town.clock.now(), ended_because: 'by-owner' }).where('id', '=', second.signInId).execute();
    expect((await refusalOf(town.approve(id, second))).code).toBe('sign-in-required');
    const third = await town.person('activation-authority');
    await test.database.updateTable('person').set({ status: 'disabled' }).where('id', '=', third.personId).execute();
    expect((await refusalOf(town.approve(id, third))).code).toBe('sign-in-required');
  });

  it('takes a grant for the whole organisation, not for one unit of it', async () => {
    const town = await newTown();
    const narrow = { ...town.proposer, grants: [{ role: 'bcp-admin', organisationId: town.organisation.id, unitId: town.organisation.unitId, unitIds: [town.organisation.unitId] }] } as const;
    expect((await refusalOf(town.propose('1', {}, narrow))).code).toBe('forbidden');
    await test.database.updateTable('role_grant').set({ unit_id: town.organisation.unitId }).where('person_id', '=', town.proposer.personId).execute();
    expect((await refusalOf(town.propose('1'))).code).toBe('forbidden');
    expect(await town.situation(narrow)).toMatchObject({ may: { propose: false, approve: false, tighten: false, provisional: false } });
  });

  it('takes a second factor that was proved lately, for every step', async () => {
    const town = await newTown();
    const { id } = await town.propose('2');
    town.clock.advance(301);
    const { continuity, proposer, approver } = town;
    const stale = [
      continuity.propose({ person: proposer, proposal: town.proposal('3'), origin }),
      continuity.approve({ person: approver, proposalId: id, origin }),
      continuity.actProvisionally({ person: proposer, proposalId: id, origin }),
      continuity.withdraw({ person: proposer, proposalId: id, origin }),
      continuity.tighten({ person: proposer, level: '0', reason: '復旧', origin }),
    ];
    for (const step of stale) expect((await refusalOf(step)).code).toBe('step-up-required');
    expect(await town.changes()).toEqual([]);
    expect(await town.events()).toHaveLength(1);
  });

  it('is not there for another organisation', async () => {
    const [town, other] = [await newTown(), await newTown()];
    const { id } = await town.propose('2');
    expect((await refusalOf(other.approve(id))).code).toBe('not-found');
    expect((await refusalOf(other.alone(id))).code).toBe('not-found');
    expect((await refusalOf(other.withdraw(id, other.approver))).code).toBe('not-found');
    for (const none of ['', 'x', '00000000-0000-4000-8000-000000000000']) expect((await refusalOf(town.approve(none))).code).toBe('not-found');
    await town.approve(id);
    expect(await other.level()).toEqual({ number: 0, level: '0' });
    expect((await other.situation()).proposals).toEqual([]);
    expect((await other.continuity.history({ person: other.proposer })).items).toEqual([]);
  });

  it('is not proposed where it would loosen nothing', async () => {
    const town = await newTown();
    await town.raise('2');
    for (const level of ['0', '1', 'R'] as const) expect((await refusalOf(town.propose(level))).code).toBe('level-unchanged');
    expect((await refusalOf(town.propose('2'))).code).toBe('level-unchanged');
    town.clock.advance(1);
    await town.propose('2');
  });

  it('is not approved any more once it would loosen nothing, is approved already, withdrawn or too late', async () => {
    const town = await newTown();
    const [one, higher, withdrawn] = [await town.propose('1'), await town.propose('3'), await town.propose('3')];
    await town.withdraw(withdrawn.id);
    await town.approve(higher.id);
    for (const { id } of [one, higher, withdrawn]) expect((await refusalOf(town.approve(id))).code).toBe('proposal-closed');
    expect((await town.situation()).proposals).toEqual([]);

    const late = await newTown();
    const { id } = await late.propose('2');
    late.clock.advance(6 * 3_600);
    expect((await late.situation()).proposals).toEqual([]);
    expect((await refusalOf(late.approve(id))).code).toBe('proposal-closed');
    expect((await refusalOf(late.withdraw(id))).code).toBe('proposal-closed');
    expect((await refusalOf(late.alone(id))).code).toBe('proposal-closed');
  });

  it('does not last longer than the policy of the approval allows', async () => {
    let policy = townPolicy();
    const town = await newTown(() => policy);
    const { id } = await town.propose('2');
    policy = { ...policy, levels: { ...policy.levels, '2': { ...policy.levels['2'], expiresAfter: 60 } } };
    expect((await town.approve(id)).inForce.until).toEqual(town.after(60));
  });

  it('is refused without a policy, and looking still works', async () => {
    let policy: ReturnType<typeof townPolicy> | undefined = townPolicy();
    const town = await newTown(() => policy);
    await town.raise('2');
    const { id } = await town.propose('3');
    policy = undefined;
    expect((await refusalOf(town.propose('3'))).code).toBe('policy-missing');
    expect((await refusalOf(town.approve(id))).code).toBe('policy-missing');
    expect((await refusalOf(town.alone(id))).code).toBe('policy-missing');
    expect((await refusalOf(town.tighten('1'))).code).toBe('policy-missing');
    expect(await town.situation()).toMatchObject({ inForce: { level: '2' }, expiresAfter: { '0': null, '2': null } });
    expect((await town.tighten('0')).inForce).toMatchObject({ level: '0' });
  });
});

describe('extending a level', () => {
  it('takes two people as raising does', async () => {
    const town = await newTown();
    await town.raise('2');
    town.clock.advance(48 * 3_600);
    const until = town.after(72 * 3_600);
    const { inForce } = await town.raise('2', { reason: '余震が続く' });
    expect(inForce).toMatchObject({ number: 2, level: '2', until, reason: '余震が続く' });
  });
});

describe('tightening the level', () => {
  it('takes one person, works at once and is on the trail', async () => {
    const town = await newTown();
    await town.raise('3');
    const { inForce } = await town.tighten('2');
    expect(inForce).toMatchObject({ number: 2, level: '2', until: town.after(72 * 3_600), event: 'earthquake' });
    expect((await town.events()).at(-1)).toMatchObject({ code: 'SKA-5004', actor: { personId: town.proposer.personId }, address: origin.address, fields: { from: '3', level: '2', reason: '復旧した', number: 2 } });
    expect((await town.tighten('R', town.approver)).inForce).toMatchObject({ level: 'R', until: town.after(14 * 24 * 3_600) });
    const zero = await town.tighten('0');
    expect(zero.inForce).toEqual({ number: 4, level: '0', since: town.clock.now() });
  });

  it('neither raises, nor prolongs, nor goes sideways', async () => {
    const town = await newTown();
    expect((await refusalOf(town.tighten('0'))).code).toBe('level-not-tighter');
    await town.raise('1');
    for (const level of ['1', 'R', '2', '3'] as const) expect((await refusalOf(town.tighten(level))).code).toBe('level-not-tighter');
    expect((await refusalOf(town.tighten('0', town.proposer, ' '))).code).toBe('request-invalid');
    expect((await refusalOf(town.tighten('9' as '0'))).code).toBe('request-invalid');
    expect(await town.changes()).toHaveLength(1);
  });
});
