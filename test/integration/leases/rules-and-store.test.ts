import * as fc from 'fast-check';
import * as world from '../../../broker/admission/world.ts';
import type { World } from '../../../broker/admission/world.ts';
import type { Trail } from '../../../broker/audit/index.ts';
import type { Clock } from '../../../broker/environment.ts';
import type { Policy } from '../../../broker/policy/index.ts';
import { Refusal, type Code, type RelayEnd, type SignedIn, type Zone } from '../../../broker/port.ts';
import { sql, type Database, type Transaction } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, addDuty, addOrganisation, addPerson, createOffice, giveDuty, operator, originAt, SITES, testPolicy } from '../../support/office.ts';

/**
 * 10,000 histories (seeded): each is a handful of things that happen in two small organisations. Every one is lived twice:
 * by the pure rules and by the store on PostgreSQL. After each step both must have decided the same for the same reasons,
 * and hold the same leases. A history runs in one transaction that is rolled back at its end, so the next starts afresh.
 */
const HISTORIES = 10_000;
const WORKERS = 4;
const SEED = 20_260_401;
const GATEWAY = '00000000-0000-4000-8000-000000000001';

const PEOPLE = 3;
const DESKTOPS = 4;
const ZONES: readonly Zone[] = ['internet', 'lgwan', 'my-number'];
const CAUSES: readonly RelayEnd['cause'][] = ['left', 'left', 'desktop-ended', 'desktop-unreachable', 'guacd-unreachable', 'desktop-log-in-failed', 'protocol-violation', 'too-slow', 'ended-by-gateway', 'gateway-stopping'];

const index = (count: number) => fc.nat({ max: count - 1 });
const site = fc.oneof({ weight: 8, arbitrary: fc.constant('office' as const) }, { weight: 2, arbitrary: fc.constantFrom(...SITES) }, { weight: 1, arbitrary: fc.constant(undefined) });
const who = { person: index(PEOPLE), desktop: index(DESKTOPS) };
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('request' as const), ...who, duty: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: index(ZONES.length) }), site, credentials: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('claim' as const), lease: index(4), person: fc.oneof(fc.constant('owner' as const), index(PEOPLE)), site }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('released' as const), lease: index(4), cause: fc.constantFrom(...CAUSES) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const), lease: index(4), person: index(PEOPLE) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(1, 9, 10, 11, 29, 30, 31, 60) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sweep' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('account' as const), person: index(PEOPLE), status: fc.constantFrom('active' as const, 'disabled' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('service' as const), desktop: index(DESKTOPS), status: fc.constantFrom('active' as const, 'disabled' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('assignment' as const), ...who, on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('policy' as const), policy: fc.constantFrom(undefined, 0, 1, 2, 3) }) },
);
/** Mostly somebody is let in first, so that there is something to go on with. */
const opening = fc.record({
  kind: fc.constant('request' as const),
  person: fc.constantFrom(0, 0, 1, 2),
  desktop: fc.constantFrom(0, 0, 1, 1, 2, 3),
  duty: fc.constant(0),
  site: fc.constant('office' as const),
  credentials: fc.constantFrom(true, true, false),
});
const history = fc.tuple(opening, fc.array(step, { minLength: 1, maxLength: 5, size: 'max' })).map(([first, then]): Step[] => [first, ...then]);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Seats that run out early, deadlines of seconds. The second organisation has no limit of its own. */
const policies = (name: string): readonly Policy[] =>
  [
    { total: undefined, organisations: {} },
    { total: 2, organisations: {} },
    { total: undefined, organisations: { [name]: 1 } },
    { total: 3, organisations: { [name]: 2 } },
  ].map((seats, number) => testPolicy({ version: String(number).repeat(64), seats, durations: { lease: 60, unused: 10, parking: 30 } }));

const silent: Trail = { append: () => Promise.resolve() };

type Town = { people: SignedIn[]; desktops: string[]; duties: string[]; world: World; policies: readonly Policy[] };

/** Person 0 and 1 and desktops 0 to 2 belong to the first organisation, the others to the second; desktop 1 weighs 2, desktop 2 asks. */
async function found(database: Database, clock: Clock): Promise<Town> {
  const office = createOffice({ database, clock, policy: () => undefined, trail: silent });
  const [first, second] = [await addOrganisation(database), await addOrganisation(database)];
  const people = [await addPerson(database, first), await addPerson(database, first), await addPerson(database, second)];
  const desktops = [await addDesktop(office, first), await addDesktop(office, first, { weight: 2 }), await addDesktop(office, first, { ask: true }), await addDesktop(office, second)];
  const duties: string[] = [];
  for (const zone of ZONES) duties.push(await addDuty(database, first, zone));
  const ordinary = await addDuty(database, second);
  const [a, b, c] = people as [SignedIn, SignedIn, SignedIn];
  const held: [SignedIn, string][] = [[a, duties[0]!], [a, duties[1]!], [a, duties[2]!], [b, duties[0]!], [c, ordinary]];
  for (const [person, duty] of held) await giveDuty(database, person, duty);
  const assigned: [SignedIn, string][] = [[a, desktops[0]!], [a, desktops[1]!], [a, desktops[2]!], [b, desktops[0]!], [b, desktops[1]!], [c, desktops[3]!]];
  for (const [{ organisationId, personId }, desktopId] of assigned) await office.desktopsAdmin.assign({ organisationId, desktopId, personId }, operator);
  const variants = policies(first.name);
  return {
    people,
    desktops,
    duties: [...duties, ordinary],
    policies: variants,
    world: {
      now: clock.now(),
      policy: variants[0],
      organisations: { [first.id]: first, [second.id]: second },
      people: Object.fromEntries(people.map((person) => [person.personId, { organisationId: person.organisationId, status: 'active' as const }])),
      desktops: Object.fromEntries(
        desktops.map((id, n) => [id, { organisationId: n < 3 ? first.id : second.id, status: 'active' as const, weight: n === 1 ? 2 : 1, credentials: n === 2 ? ('ask' as const) : ('stored' as const) }]),
      ),
      duties: Object.fromEntries([...ZONES.map((zone, n) => [duties[n]!, { class: 'P5' as const, zone }]), [ordinary, { class: 'P5' as const, zone: 'internet' as const }]]),
      assigned: new Set(assigned.map(([person, id]) => world.pair(person.personId, id))),
      held: new Set(held.map(([person, id]) => world.pair(person.personId, id))),
      leases: [],
    },
  };
}

/** A database in which every transaction is part of the one given. */
const within = (transaction: Transaction) =>
  new Proxy(transaction, {
    get(target, name) {
      if (name === 'transaction') return () => ({ execute: (work: (inner: Transaction) => unknown) => work(target) });
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  }) as unknown as Database;

async function reasonsOf(work: () => Promise<unknown>): Promise<readonly Code[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.details.reasons ?? [error.code];
  }
}

async function live(town: Town, steps: readonly Step[], transaction: Transaction): Promise<number> {
  let pure = town.world;
  let admitted = 0;
  const database = within(transaction);
  const clock: Clock = { now: () => pure.now };
  const office = createOffice({ database, clock, policy: () => pure.policy, trail: silent, gatewayId: GATEWAY });
  const relays = new Map<string, string>();
  const leaseAt = (n: number) => pure.leases.toReversed()[n];
  /** What the store has in memory of credentials that were asked for. */
  const hasCredentials = (leaseId: string) => office.asked.get(leaseId) !== undefined;

  for (const one of steps) {
    if (one.kind === 'request') {
      const person = town.people[one.person]!;
      const desktopId = town.desktops[one.desktop]!;
      const dutyId = person === town.people[2] ? town.duties[3]! : town.duties[one.duty]!;
      const open = pure.leases.find((lease) => lease.desktopId === desktopId && lease.state !== 'ended' && lease.personId === person.personId);
      const kept = open !== undefined && hasCredentials(open.id);
      let id = '';
      const ask = one.credentials ? { credentials: { username: 'u', password: 'p' } } : {};
      const reasons = await reasonsOf(async () => ({ id } = await office.leases.request({ person, desktopId, dutyId, origin: originAt(one.site), ...ask })));
      const after = world.request(pure, { personId: person.personId, desktopId, dutyId, site: one.site, credentials: one.credentials || kept }, id);
      expect(reasons).toEqual(after.decision.reasons);
      if (reasons.length === 0) {
        admitted += 1;
        expect(after.world.leases.filter((lease) => lease.id === id)).toHaveLength(1);
      }
      pure = after.world;
    } else if (one.kind === 'claim') {
      const lease = leaseAt(one.lease);
      const person = one.person === 'owner' ? town.people.find(({ personId }) => personId === lease?.personId) : town.people[one.person];
      if (lease === undefined || person === undefined) continue;
      const given = hasCredentials(lease.id);
      const reasons = await reasonsOf(async () => relays.set(lease.id, (await office.leases.claim({ person, leaseId: lease.id, origin: originAt(one.site) })).relayId));
      const after = world.claim(pure, { leaseId: lease.id, personId: person.personId, site: one.site, credentials: given });
      expect(reasons).toEqual(after.reasons);
      pure = after.world;
    } else if (one.kind === 'released') {
      const lease = leaseAt(one.lease);
      const relayId = lease && relays.get(lease.id);
      if (lease === undefined || relayId === undefined) continue;
      await office.leases.released({ leaseId: lease.id, relayId }, { cause: one.cause, status: 0, connectedSeconds: 1, bytesFromBrowser: 0, bytesToBrowser: 0, refused: {} });
      pure = world.released(pure, lease.id, one.cause);
    } else if (one.kind === 'end') {
      const lease = leaseAt(one.lease);
      if (lease === undefined) continue;
      const person = town.people[one.person]!;
      const reasons = await reasonsOf(() => office.leases.end({ person, leaseId: lease.id, origin: originAt('office') }));
      const mine = lease.personId === person.personId;
      expect(reasons).toEqual(mine ? [] : ['lease-unknown']);
      if (mine) pure = world.endWhere(pure, ({ id }) => (id === lease.id ? 'ended-by-owner' : undefined));
    } else if (one.kind === 'wait') {
      pure = { ...pure, now: new Date(pure.now.getTime() + one.seconds * 1000) };
    } else if (one.kind === 'sweep') {
      await office.sweeper.sweep();
      pure = world.sweep(pure);
    } else if (one.kind === 'account') {
      const { personId } = town.people[one.person]!;
      await database.updateTable('person').set({ status: one.status }).where('id', '=', personId).execute();
      pure = { ...pure, people: { ...pure.people, [personId]: { ...pure.people[personId]!, status: one.status } } };
      if (one.status === 'disabled') {
        await office.endLeasesOf(transaction, { personId }, 'account-disabled');
        pure = world.endWhere(pure, (lease) => (lease.personId === personId ? 'account-disabled' : undefined));
      }
    } else if (one.kind === 'service') {
      const desktopId = town.desktops[one.desktop]!;
      const { organisationId } = pure.desktops[desktopId]!;
      const wasActive = pure.desktops[desktopId]!.status === 'active';
      await office.desktopsAdmin[one.status === 'active' ? 'enable' : 'disable']({ organisationId, desktopId }, operator);
      pure = { ...pure, desktops: { ...pure.desktops, [desktopId]: { ...pure.desktops[desktopId]!, status: one.status } } };
      if (one.status === 'disabled' && wasActive) pure = world.endWhere(pure, (lease) => (lease.desktopId === desktopId ? 'desktop-disabled' : undefined));
    } else if (one.kind === 'assignment') {
      const { personId, organisationId } = town.people[one.person]!;
      const desktopId = town.desktops[one.desktop]!;
      if (pure.desktops[desktopId]!.organisationId !== organisationId) continue;
      await office.desktopsAdmin[one.on ? 'assign' : 'unassign']({ organisationId, desktopId, personId }, operator);
      const assigned = new Set(pure.assigned);
      if (one.on) assigned.add(world.pair(personId, desktopId));
      else assigned.delete(world.pair(personId, desktopId));
      pure = { ...pure, assigned };
      if (!one.on) pure = world.endWhere(pure, (lease) => (lease.desktopId === desktopId && lease.personId === personId ? 'desktop-not-assigned' : undefined));
    } else {
      pure = { ...pure, policy: one.policy === undefined ? undefined : town.policies[one.policy] };
    }
  }

  const stored = await database.selectFrom('lease').select(['id', 'state', 'ended_because as because', 'duty_id as dutyId', 'parked_until as parkedUntil']).orderBy('id').execute();
  const ruled = pure.leases.map((lease) => ({ id: lease.id, state: lease.state, because: lease.endedBecause, dutyId: lease.dutyId, parkedUntil: lease.parkedUntil }));
  expect(stored).toEqual(ruled.sort((one, other) => (one.id < other.id ? -1 : 1)));
  return admitted;
}

class Undo extends Error {}

describe('the rules and the store', () => {
  const databases: TestDatabase[] = [];
  afterAll(() => Promise.all(databases.map((database) => database.close())));

  it(`decide alike in ${HISTORIES.toLocaleString('en')} random histories, and hold the same leases after each`, async () => {
    let lived = 0;
    let admitted = 0;
    const worker = async (number: number) => {
      const test = await startTestDatabase();
      databases.push(test);
      const clock: Clock = { now: () => new Date('2026-04-01T00:00:00.000Z') };
      const town = await found(test.database, clock);
      // A gateway that never dies, so that only deadlines move leases here.
      await sql`insert into gateway_process values (${GATEWAY}, clock_timestamp(), 'infinity')`.execute(test.database);
      await fc.assert(
        fc.asyncProperty(history, async (steps) => {
          const undone = await test.database.transaction().execute(async (transaction) => {
            const letIn = await live(town, steps, transaction);
            admitted += letIn;
            lived += 1;
            throw new Undo();
          }).catch((error: unknown) => error);
          if (!(undone instanceof Undo)) throw undone;
        }),
        { numRuns: HISTORIES / WORKERS, seed: SEED + number, endOnFailure: true },
      );
    };
    await Promise.all(Array.from({ length: WORKERS }, (_, number) => worker(number)));
    expect(lived).toBe(HISTORIES);
    // The histories are worth comparing: many of them let somebody in.
    expect(admitted).toBeGreaterThan(HISTORIES / 2);
  }, 300_000);
});
