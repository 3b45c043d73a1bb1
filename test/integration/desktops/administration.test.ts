import { createServer, type AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { createDesktopAdministration, createDesktops, createReachability } from '../../../broker/desktops/index.ts';
import { Refusal, type DesktopAdministration, type NewDesktopInput, type SignedIn } from '../../../broker/port.ts';
import { sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDuty, addOrganisation, addPerson, createOffice, eventsOf, giveDuty, guacds, originAt, standingClock, testPolicy } from '../../support/office.ts';

let test: TestDatabase;
const clock = standingClock();
const origin = originAt('office');

beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

let addresses = 0;
const input = (change: Partial<NewDesktopInput> = {}): NewDesktopInput => {
  addresses += 1;
  return { name: `端末 ${String(addresses).padStart(4, '0')}`, protocol: 'rdp', host: `pc${addresses}.admin.test`, port: 3389, credentials: 'ask', ...change };
};
const personalPool = { name: '共用', logIn: 'personal', cleanUp: 'none', seats: null } as const;

async function setUp() {
  const office = createOffice({ database: test.database, clock, policy: () => testPolicy() });
  const reachability = createReachability({ clock });
  const { trail } = office;
  const desktops = createDesktopAdministration({ database: test.database, trail, clock, ids: office.ids, secretBox: office.secretBox, endLeasesOf: office.endLeasesOf, reachability });
  const organisation = await addOrganisation(test.database);
  const administrator = await addPerson(test.database, organisation, clock.now(), ['system-admin']);
  const staff = await addPerson(test.database, organisation, clock.now());
  const dutyId = await addDuty(test.database, organisation);
  await giveDuty(test.database, staff, dutyId);
  const by = { person: administrator, origin };
  const work = async (asked: { desktopId: string } | { poolId: string }) => {
    const lease = await office.leases.request({ person: staff, dutyId, origin, credentials: { username: 'u', password: 'p' }, ...asked });
    const claimed = await office.leases.claim({ person: staff, leaseId: lease.id, origin, guacds });
    await office.leases.connected(claimed);
    return claimed;
  };
  const endedBecause = async (leaseId: string) => (await office.leases.get({ person: staff, leaseId })).endedBecause;
  return { ...office, desktops, organisation, administrator, staff, dutyId, by, work, endedBecause, own: createDesktops({ database: test.database, clock, reachability }) };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => undefined, (error: unknown) => error);
  if (!(error instanceof Refusal)) throw new Error('not refused', { cause: error });
  return error.code;
}

describe('whoever administers desktops', () => {
  it('adds one, assigns it, puts it out of service and back, and each answer is the desktop as it is then', async () => {
    const { desktops, by, staff, administrator, work, endedBecause } = await setUp();
    const added = await desktops.add({ ...by, ...input({ name: '総務 1', weight: 2 }) });
    expect(added).toMatchObject({ name: '総務 1', status: 'active', kind: 'exclusive', sessions: 1, weight: 2, pool: null, assigned: 0, openSessions: 0, residualSessions: 0, people: [], residual: [] });
    const of = { ...by, desktopId: added.id };
    const assigned = await desktops.assign({ ...of, personId: staff.personId });
    expect(assigned).toMatchObject({ assigned: 1, assignedTo: [staff.username], people: [{ id: staff.personId, username: staff.username, displayName: staff.displayName }] });
    const { leaseId } = await work({ desktopId: added.id });
    expect(await desktops.get({ person: administrator, desktopId: added.id })).toMatchObject({ openSessions: 1, residualSessions: 1, residual: [{ username: staff.username, open: true }] });
    expect(await desktops.disable(of)).toMatchObject({ status: 'disabled', openSessions: 0, residualSessions: 1 });
    expect(await endedBecause(leaseId)).toBe('desktop-disabled');
    expect(await desktops.enable(of)).toMatchObject({ status: 'active' });
    expect(await desktops.unassign({ ...of, personId: staff.personId })).toMatchObject({ assigned: 0, people: [] });
    const written = (await eventsOf(test.database)).filter(({ fields }) => fields['desktopId'] === added.id).map(({ event }) => event);
    expect(written).toEqual(expect.arrayContaining(['desktopAdded', 'desktopAssigned', 'desktopDisabled', 'desktopEnabled', 'desktopUnassigned']));
  });

  it('ends what lives on with a reason, once the person has left', async () => {
    const { desktops, by, staff, work, leases, administrator } = await setUp();
    const { id: desktopId } = await desktops.add({ ...by, ...input() });
    await desktops.assign({ ...by, desktopId, personId: staff.personId });
    const claimed = await work({ desktopId });
    const [{ id: residualId } = { id: '' }] = (await desktops.get({ person: administrator, desktopId })).residual;
    expect(await codeOf(desktops.endResidual({ ...by, desktopId, residualId, reason: '端末を再起動' }))).toBe('conflict');
    await leases.end({ person: staff, leaseId: claimed.leaseId, origin });
    expect(await codeOf(desktops.endResidual({ ...by, desktopId, residualId, reason: '  ' }))).toBe('request-invalid');
    expect(await codeOf(desktops.endResidual({ ...by, desktopId, residualId: randomUUID(), reason: '再起動' }))).toBe('not-found');
    expect(await desktops.endResidual({ ...by, desktopId, residualId, reason: '端末を再起動した' })).toMatchObject({ residualSessions: 0, residual: [] });
    const [ended] = (await eventsOf(test.database)).filter(({ event, fields }) => event === 'residualEnded' && fields['residualId'] === residualId);
    expect(ended).toMatchObject({ code: 'SKA-4008', fields: { why: 'ended-by-administrator', reason: '端末を再起動した', personId: staff.personId } });
  });

  it('tries an address anew at each probe', async () => {
    const { desktops, by, administrator } = await setUp();
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await new Promise((ready) => server.once('listening', ready));
    const { id: desktopId } = await desktops.add({ ...by, ...input({ host: '127.0.0.1', port: (server.address() as AddressInfo).port }) });
    expect(await desktops.probe({ person: administrator, desktopId })).toEqual({ reachable: true, checkedAt: clock.now() });
    await new Promise((closed) => server.close(closed));
    expect(await desktops.probe({ person: administrator, desktopId })).toMatchObject({ reachable: false });
  });

  it.each<[string, string, (of: Awaited<ReturnType<typeof setUp>>) => Promise<unknown>]>([
    ['a VNC desktop of several sessions', 'request-invalid', ({ desktops, by }) => desktops.add({ ...by, ...input({ protocol: 'vnc', kind: 'multi-session', sessions: 5 }) })],
    ['an exclusive desktop of several sessions', 'request-invalid', ({ desktops, by }) => desktops.add({ ...by, ...input({ sessions: 2 }) })],
    ['a stored log-in for a desktop of several sessions', 'request-invalid', ({ desktops, by }) => desktops.add({ ...by, ...input({ kind: 'multi-session', sessions: 5, credentials: { username: 'u', password: 'p' } }) })],
    ['a pool that is not there', 'not-found', ({ desktops, by }) => desktops.add({ ...by, ...input({ poolId: randomUUID() }) })],
    ['a stored log-in in a pool of personal log-ins', 'pool-unsuitable', async ({ desktops, by }) => desktops.add({ ...by, ...input({ poolId: (await desktops.addPool({ ...by, ...personalPool })).id, credentials: { username: 'u', password: 'p' } }) })],
    ['somebody of another organisation', 'not-found', async ({ desktops, by }) => {
      const stranger = await addPerson(test.database, await addOrganisation(test.database));
      return desktops.assign({ ...by, desktopId: (await desktops.add({ ...by, ...input() })).id, personId: stranger.personId });
    }],
    ['a desktop that is no id', 'not-found', ({ desktops, administrator }) => desktops.get({ person: administrator, desktopId: 'x' })],
    ['a cursor that is none', 'request-invalid', ({ desktops, administrator }) => desktops.list({ person: administrator, cursor: '%%%' })],
    ['a pool for a person and a unit at once', 'request-invalid', async ({ desktops, by, staff }) => desktops.assignPool({ ...by, poolId: (await desktops.addPool({ ...by, ...personalPool })).id, personId: staff.personId, unitId: staff.unitId })],
    ['a pool by a name that is taken', 'conflict', async ({ desktops, by }) => desktops.addPool({ ...by, ...personalPool }).then(() => desktops.addPool({ ...by, ...personalPool }))],
    ['personal log-ins where one is stored', 'conflict', async ({ desktops, by }) => {
      const { id: poolId } = await desktops.addPool({ ...by, name: '共用', logIn: 'shared', cleanUp: 'proved', seats: 3 });
      await desktops.add({ ...by, ...input({ poolId, credentials: { username: 'u', password: 'p' } }) });
      return desktops.changePool({ ...by, poolId, logIn: 'personal' });
    }],
  ])('is refused %s', async (_, code, work) => {
    expect(await codeOf(work(await setUp()))).toBe(code);
  });

  it('must hold a role for it, of the whole organisation, while the change is made', async () => {
    const { desktops, by, organisation, staff, administrator } = await setUp();
    const { id: desktopId } = await desktops.add({ ...by, ...input() });
    const planner = await addPerson(test.database, organisation, clock.now(), ['bcp-admin']);
    expect((await desktops.list({ person: planner })).items).toHaveLength(1);
    for (const person of [staff, planner]) expect(await codeOf(desktops.disable({ person, origin, desktopId }))).toBe('forbidden');
    for (const work of [desktops.list({ person: staff }), desktops.get({ person: staff, desktopId }), desktops.pools({ person: staff }), desktops.probe({ person: staff, desktopId })]) expect(await codeOf(work)).toBe('forbidden');
    const unitId = organisation.unitId;
    const narrow: SignedIn = { ...planner, grants: [{ role: 'bcp-admin', organisationId: organisation.id, unitId, unitIds: [unitId] }] };
    expect(await codeOf(desktops.list({ person: narrow }))).toBe('forbidden');
    await test.database.deleteFrom('role_grant').where('person_id', '=', administrator.personId).execute();
    expect(await codeOf(desktops.disable({ ...by, desktopId }))).toBe('forbidden');
  });

  it('reaches nothing of another organisation', async () => {
    const [one, other] = [await setUp(), await setUp()];
    const { id: desktopId } = await other.desktops.add({ ...other.by, ...input() });
    const { id: poolId } = await other.desktops.addPool({ ...other.by, ...personalPool });
    const foreign = { ...one.by, desktopId, poolId, personId: one.staff.personId, residualId: randomUUID(), reason: 'r' };
    const calls: (keyof DesktopAdministration)[] = ['get', 'disable', 'enable', 'assign', 'unassign', 'setPool', 'endResidual', 'probe', 'assignPool', 'unassignPool'];
    for (const call of calls) expect([call, await codeOf(one.desktops[call](foreign as never))]).toEqual([call, 'not-found']);
    expect(await codeOf(one.desktops.changePool({ ...one.by, poolId, name: 'x' }))).toBe('not-found');
    expect((await one.desktops.list({ person: one.administrator })).items).toEqual([]);
    expect(await one.desktops.pools({ person: one.administrator })).toEqual([]);
  });
});

describe('a pool', () => {
  it('is given to people and units, shows what is taken, and takes back what is open', async () => {
    const { desktops, by, staff, organisation, work, endedBecause, own } = await setUp();
    const { id: poolId } = await desktops.addPool({ ...by, ...personalPool, seats: 2 });
    const { id: desktopId } = await desktops.add({ ...by, ...input({ poolId }) });
    expect(await own.poolsFor(staff)).toEqual([]);
    expect(await desktops.assignPool({ ...by, poolId, unitId: organisation.unitId })).toMatchObject({ desktops: 1, suitable: true, units: [{ id: organisation.unitId }], people: [], seatsTaken: 0 });
    expect(await own.poolsFor(staff)).toEqual([{ id: poolId, name: '共用', credentials: 'ask', state: 'ready' }]);
    const { leaseId } = await work({ poolId });
    expect(await own.poolsFor(staff)).toEqual([{ id: poolId, name: '共用', credentials: 'ask', state: 'in-use-by-me', leaseId }]);
    expect(await desktops.pools({ person: by.person })).toMatchObject([{ id: poolId, seats: 2, seatsTaken: 1 }]);
    expect(await codeOf(desktops.setPool({ ...by, desktopId, poolId: null }))).toBe('conflict');
    await desktops.assignPool({ ...by, poolId, personId: staff.personId });
    await desktops.unassignPool({ ...by, poolId, unitId: organisation.unitId });
    expect(await endedBecause(leaseId)).toBeUndefined();
    await desktops.unassignPool({ ...by, poolId, personId: staff.personId });
    expect(await endedBecause(leaseId)).toBe('desktop-not-assigned');
  });

  it('is full for whoever finds no desktop or no seat, and out of service where admission lets nobody in', async () => {
    const { desktops, by, staff, organisation, work, own } = await setUp();
    const colleague = await addPerson(test.database, organisation, clock.now());
    const { id: poolId } = await desktops.addPool({ ...by, ...personalPool, seats: 1 });
    await desktops.assignPool({ ...by, poolId, unitId: organisation.unitId });
    const state = async (person: SignedIn) => (await own.poolsFor(person))[0]?.state;
    expect(await state(colleague)).toBe('full');
    await desktops.add({ ...by, ...input({ poolId }) });
    await desktops.add({ ...by, ...input({ poolId }) });
    expect(await state(colleague)).toBe('ready');
    await work({ poolId });
    expect([await state(staff), await state(colleague)]).toEqual(['in-use-by-me', 'full']);
    await desktops.changePool({ ...by, poolId, seats: null });
    expect(await state(colleague)).toBe('ready');
    await desktops.changePool({ ...by, poolId, logIn: 'shared' });
    expect(await state(colleague)).toBe('disabled');
    expect(await desktops.pools({ person: by.person })).toMatchObject([{ suitable: false }]);
    await desktops.changePool({ ...by, poolId, cleanUp: 'proved' });
    expect(await state(colleague)).toBe('ready');
    expect(await desktops.changePool({ ...by, poolId, status: 'disabled' })).toMatchObject({ status: 'disabled', seatsTaken: 0 });
    expect(await state(colleague)).toBe('disabled');
    const changes = (await eventsOf(test.database)).filter(({ event, fields }) => event === 'poolChanged' && fields['poolId'] === poolId).map(({ fields }) => fields);
    expect(changes).toEqual([{ poolId, seats: null }, { poolId, logIn: 'shared' }, { poolId, cleanUp: 'proved' }, { poolId, status: 'disabled' }]);
  });
});

describe('the list of desktops', () => {
  it('is by name, a page at a time, and narrowed by what is asked for', async () => {
    const { desktops, by, administrator: person, staff, work } = await setUp();
    const { id: poolId } = await desktops.addPool({ ...by, ...personalPool });
    const added = [];
    for (let n = 0; n < 7; n += 1) added.push(await desktops.add({ ...by, ...input(n === 3 ? { poolId } : {}) }));
    const [first, second] = added;
    const pages = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await desktops.list({ person, limit: 3, ...(cursor !== undefined && { cursor }) });
      pages.push(page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(pages).toEqual([added.slice(0, 3), added.slice(3, 6), added.slice(6)].map((page) => page.map(({ id }) => id)));
    const found = async (filter: Omit<Parameters<DesktopAdministration['list']>[0], 'person'>) => (await desktops.list({ person, ...filter })).items.map(({ id }) => id);
    expect(await found({ poolId })).toEqual([added[3]!.id]);
    expect(await found({ search: first!.host.toUpperCase() })).toEqual([first!.id]);
    expect(await found({ search: first!.name.slice(3) })).toEqual([first!.id]);
    await desktops.assign({ ...by, desktopId: second!.id, personId: staff.personId });
    expect(await found({ search: staff.username.slice(4) })).toEqual([second!.id]);
    await work({ desktopId: second!.id });
    expect(await found({ residual: 'yes' })).toEqual([second!.id]);
    await desktops.disable({ ...by, desktopId: first!.id });
    expect(await found({ status: 'disabled' })).toEqual([first!.id]);
    expect(await found({ search: '%' })).toEqual([]);
  });

  it('stays quick with 20,000 desktops: a page reads the index by name and little more', async () => {
    const { desktops, administrator: person, organisation } = await setUp();
    await sql`
      insert into desktop (id, organisation_id, name, protocol, host, port, status, weight, credentials, parameters, created_at)
      select gen_random_uuid(), ${organisation.id}, '端末 ' || to_char(n, 'FM00000'), 'rdp', 'many' || n || '.test', 3389, 'active', 1, 'ask', '{}', now() from generate_series(1, 20000) as n`.execute(test.database);
    await sql`analyze desktop`.execute(test.database);
    const explained = await sql<{ 'QUERY PLAN': string }>`explain select * from desktop where organisation_id = ${organisation.id} and name > '端末 15000' order by name limit 51`.execute(test.database);
    expect(explained.rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Scan using desktop_(by_organisation|organisation_id_name_key)/);
    const cursor = Buffer.from('端末 15000').toString('base64url');
    for (const asked of [{}, { cursor }, { search: 'nobody has this' }, { search: '19999' }, { residual: 'yes' as const }]) {
      const began = performance.now();
      await desktops.list({ person, ...asked });
      // A machine that is busy with other things is given time; a scan for each row would take many seconds.
      expect(performance.now() - began).toBeLessThan(1_500);
    }
  });
});
