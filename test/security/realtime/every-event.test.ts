import { randomUUID } from 'node:crypto';
import type { Role } from '../../../broker/port.ts';
import { sql } from '../../../broker/store/index.ts';
import { TOPICS } from '../../../gateway/realtime/contract.ts';
import { eventually } from '../../support/eventually.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { HttpClient } from '../../support/http-client.ts';
import { calm, openLive, type LiveDial, type LivePage } from '../../support/live-client.ts';
import type { Person } from '../../support/people.ts';

/** What a page may say. An event that comes to be without being added here fails. */
const EVENTS = ['unwatch', 'watch'];
/** What socket.io itself hears on a socket. */
const OWN = ['disconnect', 'error'];

let gateway: TestGateway;
let person: Person;
let client: HttpClient;
const pages: LivePage[] = [];

beforeAll(async () => {
  gateway = await startGateway();
  person = await gateway.addPerson();
  client = await gateway.signedIn(person);
});
afterEach(async () => {
  for (const page of pages.splice(0)) page.close();
  await eventually(() => expect(gateway.realtime.server.engine.clientsCount).toBe(0));
});
afterAll(() => gateway?.stop());

async function open(asked: HttpClient, dial?: LiveDial): Promise<LivePage> {
  const page = await openLive(gateway, asked, dial);
  pages.push(page);
  return page;
}

/** The events that a socket of the running server really hears. */
async function heard(): Promise<string[]> {
  const page = await open(client);
  return gateway.realtime.server.sockets.sockets.get(page.socket.id!)!.eventNames().map(String).filter((name) => !OWN.includes(name)).toSorted();
}

const turnedAway = async (asked: HttpClient, dial?: LiveDial) => {
  const before = gateway.realtime.server.engine.clientsCount;
  await expect(open(asked, dial)).rejects.toThrow();
  expect(gateway.realtime.server.engine.clientsCount).toBe(before);
};

function withCookies(cookies: Iterable<readonly [string, string]>): HttpClient {
  const asked = gateway.browser();
  for (const [name, value] of cookies) asked.cookies.set(name, value);
  return asked;
}

describe('the running socket', () => {
  it('hears exactly the events of the table, in one namespace', async () => {
    expect(await heard()).toEqual(EVENTS);
    expect([...(Reflect.get(gateway.realtime.server, '_nsps') as Map<string, unknown>).keys()]).toEqual(['/']);
  });

  it('lets in whoever is signed in', async () => {
    const page = await open(client);
    for (const event of EVENTS) expect(await page.say(event, { topics: [] })).toEqual({ watching: [] });
  });

  it('is no way in for nobody', async () => {
    await turnedAway(gateway.browser());
    await turnedAway(withCookies(['__Host-sekisho', '__Host-sekisho-pending', '__Host-sekisho-browser'].map((name) => [name, 'A'.repeat(43)])));
  });

  it('is no way in for a half-finished sign-in, under whatever name', async () => {
    const half = await gateway.halfSignedIn(await gateway.addPerson());
    await turnedAway(half);
    await turnedAway(withCookies([['__Host-sekisho', half.cookies.get('__Host-sekisho-pending')!]]));
  });

  it('is no way in for an ended sign-in', async () => {
    const ended = await gateway.signedIn(await gateway.addPerson());
    const cookies = [...ended.cookies];
    await ended.call('POST', '/api/sign-out');
    await turnedAway(withCookies(cookies));
  });

  it.each<[string, LiveDial]>([
    ['no origin', { origin: null }],
    ['another origin', { origin: 'https://neighbour.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['a page of another site', { headers: { 'sec-fetch-site': 'cross-site' } }],
    ['a page of the same site, but not of this host', { headers: { 'sec-fetch-site': 'same-site' } }],
    ['a connection that is there already', { query: { sid: 'AAAAAAAAAAAAAAAAAAAA' } }],
    ['more than a page says', { query: { token: 'x' } }],
    ['another path', { path: '/live' }],
    ['socket.io’s own path', { path: '/socket.io' }],
    ['a path below', { path: '/live/socket.io/x' }],
  ])('is no way in with %s', async (_, dial) => {
    await turnedAway(client, dial);
  });

  it('is no way in by the connection of somebody else', async () => {
    const page = await open(client);
    const sid = page.socket.io.engine.id;
    await turnedAway(await gateway.signedIn(await gateway.addPerson()), { query: { sid } });
    expect(await page.watch('level')).toEqual({ watching: ['level'] });
  });

  it('believes no header about who is asking', async () => {
    await turnedAway(gateway.browser(), { headers: { 'x-forwarded-user': person.username, 'remote-user': person.username, authorization: `Bearer ${client.cookies.get('__Host-sekisho')!}` } });
  });

  it.each(['GET', 'POST'])('is no way in by %s, and serves no files of its own', async (method) => {
    for (const path of ['/live/socket.io/?EIO=4&transport=polling', '/live/socket.io/socket.io.js', '/live/socket.io/']) {
      const answer = await client.call(method, path, method === 'POST' ? { json: {} } : {});
      expect([answer.status, answer.headers['content-security-policy'] !== undefined]).toEqual([404, true]);
    }
  });
});

describe('each event', () => {
  it('is refused in any other form than its own', async () => {
    for (const event of await heard()) {
      for (const said of [[], [null], [7], [{}], [{ topics: 'level' }], [{ topics: ['everything'] }], [{ topics: ['lease'], personId: randomUUID() }], [{ topics: [`lease of person ${randomUUID()}`] }], [{ topics: Array(TOPICS.length + 1).fill('level') }], [{ topics: [] }, 'more']]) {
        const page = await open(client);
        expect([event, said, await page.say(event, ...said)]).toEqual([event, said, { code: 'request-invalid' }]);
        page.close();
      }
    }
  });

  it('is not answered once the sign-in is over, though nobody told', async () => {
    for (const event of await heard()) {
      const other = await gateway.addPerson();
      const page = await open(await gateway.signedIn(other));
      await gateway.database.transaction().execute(async (transaction) => {
        await sql`set local session_replication_role = replica`.execute(transaction);
        await sql`update sign_in set ended_at = now(), ended_because = 'by-owner' where person_id = ${other.id}`.execute(transaction);
      });
      expect(await page.say(event, { topics: ['level'] })).toBeUndefined();
      await page.over;
      expect(page.signedOut()).toBe(true);
    }
  });

  it.each(['shadow', 'changed', 'signed-out', '__proto__', 'constructor', 'toString'])('that is not in the table is refused: %s', async (name) => {
    const page = await open(client);
    expect(await page.say(name, { topics: ['level'] })).toEqual({ code: 'not-found' });
  });

  it('that is not in the table ends the connection when it is tried again and again', async () => {
    const page = await open(client);
    for (let turn = 0; turn < 5; turn += 1) void page.say('shadow');
    expect(await page.over).toMatch(/transport|server/);
  });
});

/** What each role may watch. */
const MAY: Readonly<Record<Role, readonly (typeof TOPICS)[number][]>> = {
  'staff': ['level', 'entry', 'person', 'desktops', 'lease', 'waiting', 'drill'],
  'unit-head': ['level', 'entry', 'person', 'desktops', 'lease', 'waiting', 'drill'],
  'shelter-manager': ['level', 'entry', 'person', 'desktops', 'lease', 'waiting', 'board', 'drill'],
  'bcp-admin': ['level', 'policy', 'entry', 'person', 'directory', 'desktops', 'lease', 'waiting', 'board', 'drill'],
  'activation-authority': ['level', 'policy', 'entry', 'person', 'desktops', 'lease', 'waiting', 'board', 'drill'],
  'security-officer': ['level', 'policy', 'entry', 'person', 'desktops', 'lease', 'waiting', 'board', 'drill'],
  'auditor': ['level', 'policy', 'entry', 'person', 'desktops', 'lease', 'waiting', 'board', 'drill'],
  'system-admin': ['level', 'policy', 'entry', 'person', 'directory', 'desktops', 'lease', 'waiting', 'drill'],
};

describe.each(Object.keys(MAY) as Role[])('a %s', (role) => {
  it('may watch what the role allows', async () => {
    const page = await open(await gateway.signedIn(await gateway.addPerson({ roles: [role] })));
    expect(await page.watch(...TOPICS)).toEqual({ watching: MAY[role] });
  });

  it('hears nothing of another organisation, nor of another person unless it is for the role to see', async () => {
    const other = await gateway.addPerson();
    const own = await gateway.addPerson({ roles: [role] });
    const colleague = await gateway.addPerson({ colleagueOf: own });
    const page = await open(await gateway.signedIn(own));
    await page.watch(...TOLD);
    await calm(gateway.database, own.organisationId, page);
    await tell(page, own, { organisationId: other.organisationId, unitId: other.unitId, personId: other.id, leaseId: randomUUID() });
    expect(page.told).toEqual([SETTLED]);

    const leaseId = randomUUID();
    await tell(page, own, { organisationId: own.organisationId, unitId: own.unitId, personId: colleague.id, leaseId });
    const sees = role === 'security-officer' || role === 'auditor';
    expect(page.told.filter(({ topic }) => topic === 'lease')).toEqual(sees ? [{ topic: 'lease', leaseId }] : []);
    expect(page.told.some(({ topic }) => topic === 'person')).toBe(false);
    expect(page.told.some(({ topic }) => topic === 'directory')).toBe(MAY[role].includes('directory'));
  });
});

describe('whoever looks after one unit', () => {
  it('hears nothing of another, and of the own one what the role allows', async () => {
    const { directory } = gateway.broker;
    const officer = await gateway.addPerson({ roles: [] });
    const { id: elsewhere } = await directory.addUnit({ organisationId: officer.organisationId, name: '別の課' });
    await directory.grantRole({ personId: officer.id, role: 'security-officer', unitId: officer.unitId });
    const page = await open(await gateway.signedIn(officer));
    await page.watch(...TOLD);
    await calm(gateway.database, officer.organisationId, page);
    const colleague = randomUUID();
    for (const topic of ['lease', 'entry'] as const) await tell(page, officer, { organisationId: officer.organisationId, unitId: elsewhere, personId: colleague }, [topic]);
    expect(page.told).toEqual([SETTLED, SETTLED]);
    for (const topic of ['lease', 'entry'] as const) await tell(page, officer, { organisationId: officer.organisationId, unitId: officer.unitId, personId: colleague }, [topic]);
    expect(page.told.map(({ topic }) => topic).filter((topic) => topic !== 'level').toSorted()).toEqual(['entry', 'lease']);
  });
});

describe('the board', () => {
  it('is told to whoever may look at it, of the own organisation, whatever it is that moves it', async () => {
    const [viewer, other] = [await gateway.addPerson({ roles: ['bcp-admin'] }), await gateway.addPerson()];
    const page = await open(await gateway.signedIn(viewer));
    await page.watch('board');
    const boards = async (organisationId: string, topics: readonly string[]) => {
      const before = page.told.length;
      for (const topic of topics) await sql`select pg_notify('changed', ${JSON.stringify({ topic, organisationId, personId: randomUUID() })})`.execute(gateway.database);
      await eventually(() => expect(page.told.length).toBeGreaterThan(before));
      return page.told.slice(before);
    };
    for (const topic of ['lease', 'waiting', 'level', 'drill']) {
      await sql`select pg_notify('changed', ${JSON.stringify({ topic, organisationId: other.organisationId, personId: other.id })})`.execute(gateway.database);
      expect(await boards(viewer.organisationId, [topic])).toEqual([{ topic: 'board' }]);
    }
  });
});

/** What the database tells of; the board is told with each of what moves it. */
const TOLD = TOPICS.filter((topic) => topic !== 'board');

/** Everybody of an organisation hears of its level, so that all that was told before it has been heard with it. */
const SETTLED = { topic: 'level' };

/** Tells as the database does it at a commit, and waits until the page has heard what it may. */
async function tell(page: LivePage, { organisationId }: Person, ids: object, topics: readonly string[] = TOLD.filter((topic) => topic !== 'policy' && topic !== 'level')): Promise<void> {
  const notify = (change: object) => sql`select pg_notify('changed', ${JSON.stringify(change)})`.execute(gateway.database);
  for (const topic of topics) await notify({ topic, ...ids });
  const settled = page.hears('level');
  await notify({ topic: 'level', organisationId });
  await settled;
}
