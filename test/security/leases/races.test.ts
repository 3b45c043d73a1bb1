import { systemClock } from '../../../broker/environment.ts';
import type { Policy } from '../../../broker/policy/index.ts';
import { Refusal, type SignedIn } from '../../../broker/port.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { admitted, raceForLeases, refused } from '../../support/lease-race.ts';
import type { Race } from '../../support/lease-racer.ts';
import { addDesktop, addDuty, addOrganisation, addPerson, createOffice, giveDuty, guacds, operator, originAt, signInAgain, testPolicy } from '../../support/office.ts';
import { shareOf, testCapacity } from '../../support/policy.ts';

const PROCESSES = 4;
const REQUESTS = 200;

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const race = (requests: Race['requests'], policy: Policy) => raceForLeases({ connectionString: test.connectionString, policy, requests }, PROCESSES);
const limited = (organisations: Record<string, number>) => testPolicy({ capacity: testCapacity({ shares: Object.entries(organisations).map(([name, most]) => shareOf(name, most)) }) });
async function office() {
  const parts = createOffice({ database: test.database, clock: systemClock, policy: () => testPolicy() });
  const organisation = await addOrganisation(test.database);
  const dutyId = await addDuty(test.database, organisation);
  const join = async () => {
    const person = await addPerson(test.database, organisation);
    await giveDuty(test.database, person, dutyId);
    return person;
  };
  return { ...parts, organisation, dutyId, join };
}

describe(`${REQUESTS} requests at once from ${PROCESSES} processes`, () => {
  it('for one last seat: exactly one is admitted, each other one hears that no seat is free', async () => {
    const { organisation, dutyId, join, ...parts } = await office();
    const requests = await Promise.all(
      Array.from({ length: REQUESTS }, async () => {
        const person = await join();
        return { person, dutyId, desktopId: await addDesktop(parts, organisation, { to: [person] }) };
      }),
    );
    const outcomes = await race(requests, limited({ [organisation.name]: 1 }));
    expect(admitted(outcomes)).toHaveLength(1);
    expect(refused(outcomes)).toEqual(Array(REQUESTS - 1).fill('no-seat-free'));
  }, 120_000);

  it('for one desktop by as many people: exactly one is admitted, each other one hears that it is in use', async () => {
    const { organisation, dutyId, join, ...parts } = await office();
    const people = await Promise.all(Array.from({ length: REQUESTS }, () => join()));
    const desktopId = await addDesktop(parts, organisation, { to: people });
    const outcomes = await race(people.map((person) => ({ person, desktopId, dutyId })), testPolicy());
    expect(admitted(outcomes)).toHaveLength(1);
    expect(refused(outcomes)).toEqual(Array(REQUESTS - 1).fill('desktop-in-use'));
  }, 120_000);

  it('by one person for one desktop: all get the same lease', async () => {
    const { organisation, dutyId, join, ...parts } = await office();
    const person = await join();
    const desktopId = await addDesktop(parts, organisation, { to: [person] });
    const outcomes = await race(Array.from({ length: REQUESTS }, () => ({ person, desktopId, dutyId })), testPolicy());
    expect(refused(outcomes)).toEqual([]);
    expect(new Set(admitted(outcomes)).size).toBe(1);
  }, 120_000);

  it('for seats by weight: never more than there are', async () => {
    const { organisation, dutyId, join, ...parts } = await office();
    const requests = await Promise.all(
      Array.from({ length: REQUESTS }, async (_, n) => {
        const person = await join();
        return { person, dutyId, desktopId: await addDesktop(parts, organisation, { weight: 1 + (n % 3), to: [person] }) };
      }),
    );
    const outcomes = await race(requests, limited({ [organisation.name]: 20 }));
    const { taken } = await test.database
      .selectFrom('lease')
      .where('organisation_id', '=', organisation.id)
      .where('state', '<>', 'ended')
      .select(({ fn }) => fn.sum<number>('weight').as('taken'))
      .executeTakeFirstOrThrow();
    expect(taken).toBeGreaterThan(17);
    expect(taken).toBeLessThanOrEqual(20);
    // While one waits who needs more than what is left, nobody passes with less.
    expect(admitted(outcomes).length + refused(outcomes).filter((reason) => reason === 'no-seat-free' || reason === 'others-before').length).toBe(REQUESTS);
  }, 120_000);
});

describe('a right that is taken away while leases are asked for and claimed', () => {
  const rights: [string, (parts: Awaited<ReturnType<typeof office>>, person: SignedIn, desktopId: string) => Promise<unknown>][] = [
    ['a sign-in', ({ endLeasesOf }, { signInId }) =>
      test.database.transaction().execute(async (transaction) => {
        await transaction.updateTable('sign_in').set({ ended_at: new Date(), ended_because: 'by-owner' }).where('id', '=', signInId).execute();
        await endLeasesOf(transaction, { signInId }, 'sign-in-ended');
      })],
    ['an account', ({ endLeasesOf }, { personId }) =>
      test.database.transaction().execute(async (transaction) => {
        await transaction.updateTable('person').set({ status: 'disabled' }).where('id', '=', personId).execute();
        await endLeasesOf(transaction, { personId }, 'account-disabled');
      })],
    ['an assignment', ({ desktopsAdmin, organisation }, { personId }, desktopId) => desktopsAdmin.unassign({ organisationId: organisation.id, desktopId, personId }, operator)],
    ['a desktop', ({ desktopsAdmin, organisation }, _person, desktopId) => desktopsAdmin.disable({ organisationId: organisation.id, desktopId }, operator)],
  ];

  it.each(rights)('leaves no open lease behind: %s', async (_, takeAway) => {
    const parts = await office();
    const rounds = 25;
    const open = await Promise.all(
      Array.from({ length: rounds }, async () => {
        const person = await parts.join();
        const desktopId = await addDesktop(parts, parts.organisation, { to: [person] });
        const use = async () => {
          const { id } = await parts.leases.request({ person, desktopId, dutyId: parts.dutyId, origin: originAt('office') });
          await parts.leases.claim({ person, leaseId: id, origin: originAt('office'), guacds });
        };
        const uses = [use(), use(), takeAway(parts, person, desktopId), use(), use()];
        for (const result of await Promise.allSettled(uses)) {
          if (result.status === 'rejected' && !(result.reason instanceof Refusal)) throw result.reason;
        }
        return test.database.selectFrom('lease').where('desktop_id', '=', desktopId).where('state', '<>', 'ended').select('id').execute();
      }),
    );
    expect(open.flat()).toEqual([]);
  }, 120_000);
});

describe('a lease', () => {
  it('of somebody else cannot be read, claimed or ended, whoever asks', async () => {
    const { leases, desktopsAdmin, organisation, dutyId, join } = await office();
    const owner = await join();
    const desktopId = await addDesktop({ desktopsAdmin }, organisation, { to: [owner] });
    const lease = await leases.request({ person: owner, desktopId, dutyId, origin: originAt('office') });
    const colleague = await join();
    await desktopsAdmin.assign({ organisationId: organisation.id, desktopId, personId: colleague.personId }, operator);
    const stranger = await addPerson(test.database, await addOrganisation(test.database));
    for (const person of [colleague, stranger]) {
      const asked = { person, leaseId: lease.id, origin: originAt('office'), guacds };
      for (const work of [leases.get, leases.claim, leases.end]) await expect(work(asked)).rejects.toMatchObject({ code: 'lease-unknown' });
    }
  });

  it('is not claimed with the sign-in of another person', async () => {
    const { leases, desktopsAdmin, organisation, dutyId, join } = await office();
    const [owner, thief] = [await join(), await join()];
    const desktopId = await addDesktop({ desktopsAdmin }, organisation, { to: [owner] });
    const { id } = await leases.request({ person: owner, desktopId, dutyId, origin: originAt('office') });
    const forged = { ...owner, signInId: thief.signInId };
    await expect(leases.claim({ person: forged, leaseId: id, origin: originAt('office'), guacds })).rejects.toMatchObject({ code: 'sign-in-required' });
    const again = await signInAgain(test.database, owner);
    await expect(leases.claim({ person: again, leaseId: id, origin: originAt('office'), guacds })).resolves.toMatchObject({ leaseId: id });
  });
});
