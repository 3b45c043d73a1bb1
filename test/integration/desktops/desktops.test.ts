import { createServer, type AddressInfo, type Server } from 'node:net';
import { createDesktops, createReachability, type NewDesktop } from '../../../broker/desktops/index.ts';
import { Refusal, type SignedIn } from '../../../broker/port.ts';
import { sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, addDuty, addOrganisation, addPerson, createOffice, eventsOf, giveDuty, guacds, operator, originAt, standingClock, testPolicy } from '../../support/office.ts';

let test: TestDatabase;
let office: ReturnType<typeof createOffice>;
let organisation: Awaited<ReturnType<typeof addOrganisation>>;
let person: SignedIn;
const clock = standingClock();

beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());
beforeEach(async () => {
  office = createOffice({ database: test.database, clock, policy: () => testPolicy() });
  organisation = await addOrganisation(test.database);
  person = await addPerson(test.database, organisation);
});

let addresses = 0;
const record = (change: Partial<NewDesktop> = {}): NewDesktop => {
  addresses += 1;
  return { organisationId: organisation.id, name: `総務課 ${addresses}号機`, protocol: 'rdp', host: `pc${addresses}.office.test`, port: 3389, credentials: { username: 'soumu', password: 'ひみつの合言葉' }, ...change };
};

async function refusalOf(work: Promise<unknown>): Promise<{ code: string; fields: readonly string[] }> {
  const error: unknown = await work.then(() => undefined, (error: unknown) => error);
  if (!(error instanceof Refusal)) throw new Error('not refused', { cause: error });
  return { code: error.code, fields: (error.details.fields ?? []).map(({ path }) => path) };
}

describe('a desktop that is added', () => {
  it('is there with its name, address and parameters, and its credentials only sealed', async () => {
    const added = await office.desktopsAdmin.add(record({ parameters: { 'server-layout': 'ja-jp-qwerty' }, weight: 2 }), operator);
    expect(await office.desktopsAdmin.list(organisation.id)).toEqual([added]);
    expect(added).toMatchObject({ status: 'active', credentials: 'stored', weight: 2, parameters: { 'server-layout': 'ja-jp-qwerty' }, assignedTo: [] });
    const everything = sql<{ text: string }>`select desktop::text as text from desktop union all select convert_from(body, 'UTF8') from audit_record`;
    for (const { text } of (await everything.execute(test.database)).rows) {
      expect(text).not.toContain('ひみつの合言葉');
      expect(text).not.toContain(Buffer.from('ひみつの合言葉').toString('hex'));
    }
  });

  it.each([
    ['pc-one.office.test', 'PC-one.office.test.'],
    ['10.77.0.1', '::ffff:10.77.0.1'],
    ['fe80::77', 'fe80:0::77'],
  ])('is refused at the address of another one, however it is spelled: %s and %s', async (host, again) => {
    await office.desktopsAdmin.add(record({ host }), operator);
    expect(await refusalOf(office.desktopsAdmin.add(record({ host: again }), operator))).toEqual({ code: 'conflict', fields: ['host'] });
  });

  it('hands its credentials to the relay that claims a lease on it', async () => {
    const { id } = await office.desktopsAdmin.add(record(), operator);
    const dutyId = await addDuty(test.database, organisation);
    await giveDuty(test.database, person, dutyId);
    await office.desktopsAdmin.assign({ organisationId: organisation.id, desktopId: id, personId: person.personId }, operator);
    const lease = await office.leases.request({ person, desktopId: id, dutyId, origin: originAt('office') });
    const { connection } = await office.leases.claim({ person, leaseId: lease.id, origin: originAt('office'), guacds });
    expect(connection).toMatchObject({ protocol: 'rdp', port: 3389, credentials: { username: 'soumu', password: 'ひみつの合言葉' } });
  });

  it.each<[string, Partial<NewDesktop>, string]>([
    ['a host with a port', { host: 'pc:3389' }, 'host'],
    ['a host that is a path', { host: 'pc/../x' }, 'host'],
    ['a port out of range', { port: 70_000 }, 'port'],
    ['a name of blanks', { name: '  ' }, 'name'],
    ['a name with a control character', { name: 'a\u0000b' }, 'name'],
    ['a weight of nothing', { weight: 0 }, 'weight'],
    ['a security parameter', { parameters: { 'disable-copy': 'false' } }, 'parameters.disable-copy'],
    ['a certificate ignored silently', { parameters: { 'ignore-cert': 'true' } }, 'parameters.ignore-cert'],
    ['a long VNC password', { protocol: 'vnc', credentials: { password: '123456789' } }, 'credentials.password'],
  ])('is refused with %s, and nothing is left behind', async (_, change, field) => {
    expect(await refusalOf(office.desktopsAdmin.add(record(change), operator))).toEqual({ code: 'request-invalid', fields: [field] });
    expect(await office.desktopsAdmin.list(organisation.id)).toEqual([]);
  });

  it('is refused where its name is taken in the organisation, or its address anywhere', async () => {
    const first = record();
    await office.desktopsAdmin.add(first, operator);
    expect(await refusalOf(office.desktopsAdmin.add(record({ name: first.name }), operator))).toEqual({ code: 'conflict', fields: ['name'] });
    const elsewhere = await addOrganisation(test.database);
    const same = record({ organisationId: elsewhere.id, host: first.host.toUpperCase(), port: first.port });
    expect(await refusalOf(office.desktopsAdmin.add(same, operator))).toEqual({ code: 'conflict', fields: ['host'] });
    expect(await office.desktopsAdmin.list(elsewhere.id)).toEqual([]);
  });

  it('puts on record that any certificate is accepted', async () => {
    const { id, parameters } = await office.desktopsAdmin.add(record({ acceptAnyCertificate: true }), operator);
    expect(parameters).toEqual({ 'ignore-cert': 'true' });
    const written = (await eventsOf(test.database)).filter(({ fields }) => fields['desktopId'] === id).map(({ event }) => event);
    expect(written).toEqual(['desktopAdded', 'desktopCredentialsStored', 'desktopCertificateAccepted']);
  });
});

describe('an assignment', () => {
  it('stays within one organisation', async () => {
    const desktopId = await addDesktop(office, organisation);
    const stranger = await addPerson(test.database, await addOrganisation(test.database));
    expect(await refusalOf(office.desktopsAdmin.assign({ organisationId: organisation.id, desktopId, personId: stranger.personId }, operator))).toEqual({ code: 'not-found', fields: ['personId'] });
    expect(await refusalOf(office.desktopsAdmin.assign({ organisationId: stranger.organisationId, desktopId, personId: stranger.personId }, operator))).toEqual({ code: 'not-found', fields: ['desktopId'] });
    expect(await refusalOf(office.desktopsAdmin.disable({ organisationId: stranger.organisationId, desktopId }, operator))).toMatchObject({ code: 'not-found' });
  });

  it('is told once on the trail, however often it is made', async () => {
    const desktopId = await addDesktop(office, organisation);
    const of = { organisationId: organisation.id, desktopId, personId: person.personId };
    for (const change of ['assign', 'assign', 'unassign', 'unassign'] as const) await office.desktopsAdmin[change](of, operator);
    for (const change of ['disable', 'disable', 'enable', 'enable'] as const) await office.desktopsAdmin[change](of, operator);
    const written = (await eventsOf(test.database)).filter(({ fields }) => fields['desktopId'] === desktopId).map(({ event }) => event);
    expect(written.slice(-4)).toEqual(['desktopAssigned', 'desktopUnassigned', 'desktopDisabled', 'desktopEnabled']);
    expect((await office.desktopsAdmin.list(organisation.id))[0]?.assignedTo).toEqual([]);
  });
});

describe('the list of my desktops', () => {
  const servers: Server[] = [];
  afterAll(() => servers.forEach((server) => server.close()));

  async function listening(): Promise<{ host: string; port: number }> {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    servers.push(server);
    await new Promise((ready) => server.once('listening', ready));
    return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  }

  it('holds what is assigned to me, with its state as I may see it', async () => {
    const colleague = await addPerson(test.database, organisation);
    const dutyId = await addDuty(test.database, organisation);
    for (const one of [person, colleague]) await giveDuty(test.database, one, dutyId);
    const ids: Record<string, string> = {};
    for (const name of ['a 空き', 'b 自分', 'c 同僚', 'd 停止', 'e 電源断']) {
      const { id } = await office.desktopsAdmin.add(record({ name, ...(name.startsWith('e') ? { host: '127.0.0.1', port: 1 } : await listening()), credentials: 'ask' }), operator);
      ids[name[0]!] = id;
      for (const one of [person, colleague]) await office.desktopsAdmin.assign({ organisationId: organisation.id, desktopId: id, personId: one.personId }, operator);
    }
    await office.desktopsAdmin.add(record({ name: 'z 他人' }), operator);
    const credentials = { username: 'u', password: 'p' };
    const mine = await office.leases.request({ person, desktopId: ids['b']!, dutyId, origin: originAt('office'), credentials });
    await office.leases.request({ person: colleague, desktopId: ids['c']!, dutyId, origin: originAt('office'), credentials });
    await office.desktopsAdmin.disable({ organisationId: organisation.id, desktopId: ids['d']! }, operator);

    const desktops = createDesktops({ database: test.database, clock, reachability: createReachability({ clock }) });
    const common = { protocol: 'rdp', credentials: 'ask' };
    expect(await desktops.listFor(person)).toEqual([
      { ...common, id: ids['a'], name: 'a 空き', state: 'ready', checkedAt: clock.now() },
      { ...common, id: ids['b'], name: 'b 自分', state: 'in-use-by-me', leaseId: mine.id },
      { ...common, id: ids['c'], name: 'c 同僚', state: 'in-use' },
      { ...common, id: ids['d'], name: 'd 停止', state: 'disabled' },
      { ...common, id: ids['e'], name: 'e 電源断', state: 'unreachable', checkedAt: clock.now() },
    ]);
    expect(await desktops.listFor(await addPerson(test.database, organisation))).toEqual([]);
  });
});
