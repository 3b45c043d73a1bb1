import * as fc from 'fast-check';
import * as world from '../../../broker/admission/world.ts';
import type { World } from '../../../broker/admission/world.ts';
import type { Trail } from '../../../broker/audit/index.ts';
import type { Clock } from '../../../broker/environment.ts';
import type { Policy } from '../../../broker/policy/index.ts';
import { Refusal, type Code, type RelayEnd, type SignedIn, type Zone } from '../../../broker/port.ts';
import { sql, type Database, type Transaction } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, addDuty, addOrganisation, addPerson, addPool, createOffice, giveDuty, guacds, operator, originAt, SITES, testPolicy } from '../../support/office.ts';
import { shareOf } from '../../support/policy.ts';

/**
 * Random histories (seeded): each is a handful of things that happen in two small organisations. Every one is lived twice:
 * by the pure rules and by the store on PostgreSQL. After each step both must have decided the same for the same reasons,
 * and hold the same leases. A history runs in one transaction that is rolled back at its end, so the next starts afresh.
 */
/** `npm run prove:leases` lives more of them. */
const HISTORIES = Number(process.env['SEKISHO_HISTORIES'] ?? 2_000);
const WORKERS = 4;
/** Others each day, so that they add up. */
const SEED = Number(process.env['SEKISHO_SEED'] ?? Math.floor(Date.now() / 86_400_000) * 1_000);
const GATEWAY = '00000000-0000-4000-8000-000000000001';

const PEOPLE = 4;
const DESKTOPS = 8;
const POOLS = 2;
const ZONES: readonly Zone[] = ['internet', 'lgwan', 'my-number'];
const CAUSES: readonly RelayEnd['cause'][] = ['left', 'left', 'desktop-ended', 'desktop-unreachable', 'guacd-unreachable', 'desktop-log-in-failed', 'protocol-violation', 'too-slow', 'ended-by-gateway', 'gateway-stopping'];

const index = (count: number) => fc.nat({ max: count - 1 });
const site = fc.oneof({ weight: 8, arbitrary: fc.constant('office' as const) }, { weight: 2, arbitrary: fc.constantFrom(...SITES) }, { weight: 1, arbitrary: fc.constant(undefined) });
const who = { person: index(PEOPLE), desktop: index(DESKTOPS) };
/** A single desktop, or a pool. */
const target = fc.oneof({ weight: 3, arbitrary: fc.record({ desktop: fc.oneof(fc.constantFrom(0, 1), index(DESKTOPS)) }) }, { weight: 2, arbitrary: fc.record({ pool: index(POOLS) }) });
const step = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant('request' as const),
      person: index(PEOPLE),
      target,
      duty: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: index(ZONES.length) }),
      changeDuty: fc.boolean(),
      site,
      credentials: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('claim' as const), lease: index(4), person: fc.oneof(fc.constant('owner' as const), index(PEOPLE)), site }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('connected' as const), lease: index(4) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cleaned' as const), desktop: index(DESKTOPS) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pool assignment' as const), person: index(PEOPLE), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pool service' as const), pool: index(POOLS), status: fc.constantFrom('active' as const, 'disabled' as const) }) },
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
  target: fc.constantFrom<Target>({ desktop: 0 }, { desktop: 1 }, { desktop: 2 }, { desktop: 3 }, { pool: 0 }, { pool: 0 }, { pool: 1 }, { pool: 1 }),
  duty: fc.constant(0),
  changeDuty: fc.constant(false),
  site: fc.constant('office' as const),
  credentials: fc.constantFrom(true, true, false),
});
type Target = { desktop: number } | { pool: number };
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Somebody comes, works, and stays or goes: what takes four steps would rarely come about by chance. */
const visit = fc.record({ person: index(PEOPLE), target, stays: fc.boolean() }).map(({ person, target, stays }): Step[] => [
  { kind: 'request', person, target, duty: 0, changeDuty: false, site: 'office', credentials: true },
  { kind: 'claim', lease: 0, person: 'owner', site: 'office' },
  { kind: 'connected', lease: 0 },
  ...(stays ? [] : [{ kind: 'released', lease: 0, cause: 'desktop-ended' } as const]),
]);
const events = fc.array(fc.oneof({ weight: 4, arbitrary: step.map((one): Step[] => [one]) }, { weight: 1, arbitrary: visit }), { minLength: 1, maxLength: 6, size: 'max' });
const history = fc.tuple(opening, events).map(([first, then]): Step[] => [first, ...then.flat()]);

/** Seats that run out early, deadlines of seconds. The second organisation has no limit of its own. */
const policies = (name: string): readonly Policy[] =>
  [
    { total: undefined, shares: [] },
    { total: 2, shares: [] },
    { total: undefined, shares: [shareOf(name, 1)] },
    { total: 3, shares: [{ path: [name], floor: 1, most: 2 }] },
  ].map((seats, number) => {
    const { capacity, durations } = testPolicy();
    return testPolicy({ version: String(number).repeat(64), capacity: { ...capacity, ...seats }, durations: { ...durations, lease: 60, unused: 10, parking: 30 } });
  });

const silent: Trail = { append: () => Promise.resolve() };

type Town = { people: SignedIn[]; desktops: string[]; pools: string[]; duties: string[]; world: World; policies: readonly Policy[] };

/**
 * Person 2 and desktop 3 belong to the second organisation, everything else to the first. Desktop 1 weighs 2, desktop 2 asks. Pool 0 is
 * everybody's, has two seats, and holds desktop 4 and, for two at once, desktop 5; pool 1 is of persons 0 and 1 and has desktops 6
 * and 7, which are cleaned up after each use.
 */
async function found(database: Database, clock: Clock): Promise<Town> {
  const office = createOffice({ database, clock, policy: () => undefined, trail: silent });
  const [first, second] = [await addOrganisation(database), await addOrganisation(database)];
  const people = [await addPerson(database, first), await addPerson(database, first), await addPerson(database, second), await addPerson(database, first)];
  const [a, b, c, d] = people as [SignedIn, SignedIn, SignedIn, SignedIn];
  const pools = [await addPool(office, first, { seats: 2, toAll: true }), await addPool(office, first, { logIn: 'shared', cleanUp: 'proved', to: [a, b] })];
  const [everybodys, shared] = pools as [string, string];
  const desktops = [await addDesktop(office, first), await addDesktop(office, first, { weight: 2 }), await addDesktop(office, first, { ask: true }), await addDesktop(office, second)];
  desktops.push(await addDesktop(office, first, { ask: true, poolId: everybodys }), await addDesktop(office, first, { poolId: everybodys, sessions: 2 }));
  desktops.push(await addDesktop(office, first, { poolId: shared }), await addDesktop(office, first, { poolId: shared }));
  const duties: string[] = [];
  for (const zone of ZONES) duties.push(await addDuty(database, first, zone));
  const ordinary = await addDuty(database, second);
  const held: [SignedIn, string][] = [[a, duties[0]!], [a, duties[1]!], [a, duties[2]!], [b, duties[0]!], [b, duties[1]!], [c, ordinary], [d, duties[0]!], [d, duties[1]!]];
  for (const [person, duty] of held) await giveDuty(database, person, duty);
  const assigned: [SignedIn, string][] = [[a, desktops[0]!], [a, desktops[1]!], [a, desktops[2]!], [b, desktops[0]!], [b, desktops[1]!], [c, desktops[3]!]];
  for (const [{ organisationId, personId }, desktopId] of assigned) await office.desktopsAdmin.assign({ organisationId, desktopId, personId }, operator);
  const inPools: [SignedIn, string][] = [[a, everybodys], [b, everybodys], [d, everybodys], [a, shared], [b, shared]];
  const variants = policies(first.name);
  return {
    people,
    desktops,
    pools,
    duties: [...duties, ordinary],
    policies: variants,
    world: {
      now: clock.now(),
      policy: variants[0],
      organisations: { [first.id]: first, [second.id]: second },
      people: Object.fromEntries(people.map((person) => [person.personId, { organisationId: person.organisationId, status: 'active' as const }])),
      desktops: await desktopsOf(database),
      pools: await poolsOf(database),
      duties: await dutiesOf(database),
      assigned: new Set([...assigned, ...inPools].map(([person, id]) => world.pair(person.personId, id))),
      held: new Set(held.map(([person, id]) => world.pair(person.personId, id))),
      leases: [],
      waiting: [],
      residual: [],
    },
  };
}

async function desktopsOf(database: Database): Promise<World['desktops']> {
  const rows = await database.selectFrom('desktop').select(['id', 'organisation_id as organisationId', 'name', 'status', 'weight', 'kind', 'sessions', 'credentials', 'pool_id as poolId']).execute();
  return Object.fromEntries(rows.map(({ id, poolId, ...desktop }) => [id, { ...desktop, ...(poolId !== null && { poolId }) }]));
}

async function poolsOf(database: Database): Promise<World['pools']> {
  const rows = await database.selectFrom('pool').select(['id', 'organisation_id as organisationId', 'status', 'log_in as logIn', 'clean_up as cleanUp', 'seats']).execute();
  return Object.fromEntries(rows.map(({ id, ...pool }) => [id, pool]));
}

async function dutiesOf(database: Database): Promise<World['duties']> {
  const rows = await database.selectFrom('duty').select(['id', 'name', 'priority_class as class', 'zone']).execute();
  return Object.fromEntries(rows.map(({ id, ...duty }) => [id, duty]));
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
      const to = 'desktop' in one.target ? { desktopId: town.desktops[one.target.desktop]! } : { poolId: town.pools[one.target.pool]! };
      const dutyId = person === town.people[2] ? town.duties[3]! : town.duties[one.duty]!;
      const keptBefore = new Set(pure.leases.filter(({ id }) => hasCredentials(id)).map(({ id }) => id));
      let granted = { id: '', desktopId: '' };
      const ask = one.credentials ? { credentials: { username: 'u', password: 'p' } } : {};
      const request = { person, ...to, dutyId, changeDuty: one.changeDuty, origin: originAt(one.site), ...ask };
      const reasons = await reasonsOf(async () => (granted = await office.leases.request(request)));
      const after = world.request(pure, { personId: person.personId, ...to, dutyId, changeDuty: one.changeDuty, site: one.site, credentials: one.credentials, kept: (leaseId) => keptBefore.has(leaseId) }, granted.id);
      expect(reasons).toEqual(after.decision.reasons);
      if (reasons.length === 0) {
        admitted += 1;
        expect(after.world.leases.filter((lease) => lease.id === granted.id).map(({ desktopId }) => desktopId)).toEqual([granted.desktopId]);
      }
      pure = after.world;
    } else if (one.kind === 'claim') {
      const lease = leaseAt(one.lease);
      const person = one.person === 'owner' ? town.people.find(({ personId }) => personId === lease?.personId) : town.people[one.person];
      if (lease === undefined || person === undefined) continue;
      const given = hasCredentials(lease.id);
      const reasons = await reasonsOf(async () => relays.set(lease.id, (await office.leases.claim({ person, leaseId: lease.id, origin: originAt(one.site), guacds })).relayId));
      const after = world.claim(pure, { leaseId: lease.id, personId: person.personId, site: one.site, credentials: given });
      expect(reasons).toEqual(after.reasons);
      pure = after.world;
    } else if (one.kind === 'connected') {
      const lease = leaseAt(one.lease);
      const relayId = lease && relays.get(lease.id);
      if (lease === undefined || relayId === undefined) continue;
      // The relay of a lease that ended, or that was left, is told to end.
      const reasons = await reasonsOf(() => office.leases.connected({ leaseId: lease.id, relayId }));
      expect(reasons).toEqual(lease.state === 'ended' ? ['lease-ended'] : lease.state === 'active' ? [] : ['lease-in-use']);
      pure = world.connected(pure, lease.id);
    } else if (one.kind === 'cleaned') {
      const desktopId = town.desktops[one.desktop]!;
      // The relays of leases that have ended are over by then: the rules know nothing of relays.
      await transaction.updateTable('lease').set({ relay_settled: true }).where('state', '=', 'ended').where('relay_settled', '=', false).execute();
      const reasons = await reasonsOf(() => office.desktopsAdmin.cleaned({ organisationId: pure.desktops[desktopId]!.organisationId, desktopId }, operator));
      const before = pure.residual.filter((session) => session.desktopId === desktopId).length;
      pure = world.cleaned(pure, desktopId);
      expect(reasons).toEqual(before > 0 && pure.residual.filter((session) => session.desktopId === desktopId).length === before ? ['conflict'] : []);
    } else if (one.kind === 'pool assignment') {
      const { personId, organisationId } = town.people[one.person]!;
      const poolId = town.pools[1]!;
      if (pure.pools[poolId]!.organisationId !== organisationId) continue;
      await office.desktopsAdmin[one.on ? 'assignPool' : 'unassignPool']({ organisationId, poolId }, { personId }, operator);
      pure = world.endUnassigned(assigning(pure, personId, poolId, one.on));
    } else if (one.kind === 'pool service') {
      const poolId = town.pools[one.pool]!;
      const before = pure.pools[poolId]!;
      await office.desktopsAdmin.changePool({ organisationId: before.organisationId, poolId }, { status: one.status }, operator);
      pure = { ...pure, pools: { ...pure.pools, [poolId]: { ...before, status: one.status } } };
      if (one.status === 'disabled' && before.status === 'active') pure = world.endWhere(pure, (lease) => (pure.desktops[lease.desktopId]!.poolId === poolId ? 'desktop-disabled' : undefined));
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
      pure = world.endUnassigned(assigning(pure, personId, desktopId, one.on));
    } else {
      pure = { ...pure, policy: one.policy === undefined ? undefined : town.policies[one.policy] };
    }
  }

  const stored = await database.selectFrom('lease').select(['id', 'state', 'ended_because as because', 'duty_id as dutyId', 'desktop_id as desktopId', 'parked_until as parkedUntil']).orderBy('id').execute();
  const ruled = pure.leases.map(({ id, state, endedBecause, dutyId, desktopId, parkedUntil }) => ({ id, state, because: endedBecause, dutyId, desktopId, parkedUntil }));
  expect(stored).toEqual(ruled.sort((one, other) => (one.id < other.id ? -1 : 1)));
  const living = await database.selectFrom('residual_session').where('ended_at', 'is', null).select(['person_id as personId', 'desktop_id as desktopId']).execute();
  expect(living.map(({ personId, desktopId }) => world.pair(personId, desktopId)).sort()).toEqual(pure.residual.map(({ personId, desktopId }) => world.pair(personId, desktopId)).sort());
  return admitted;
}

function assigning(pure: World, personId: string, otherId: string, on: boolean): World {
  const assigned = new Set(pure.assigned);
  if (on) assigned.add(world.pair(personId, otherId));
  else assigned.delete(world.pair(personId, otherId));
  return { ...pure, assigned };
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
  }, 900_000);
});
