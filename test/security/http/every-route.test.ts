import { randomUUID } from 'node:crypto';
import type { HttpClient } from '../../support/http-client.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { Person } from '../../support/people.ts';

type Reachable = { readonly method: string; readonly path: string };

/** What anybody may call. A row that becomes public without being added here fails. */
const PUBLIC = [
  'GET /healthz',
  'GET /readyz',
  'POST /api/sign-in',
  'POST /api/invitations/view',
  'POST /api/invitations/redeem',
  'GET /api/openapi.json',
  'GET /',
  'GET /sign-in',
  'GET /welcome',
  'GET /session/:leaseId',
  'GET /sign-ins',
  'GET /assets/:file.:type',
  'GET /:file.:type',
];
/** What the token of a half-finished sign-in is for. */
const SECOND_STEP = ['GET /api/sign-in/enrolment', 'POST /api/sign-in/enrolment', 'POST /api/sign-in/totp'];

let gateway: TestGateway;
let person: Person;
let rows: Reachable[];

beforeAll(async () => {
  gateway = await startGateway();
  person = await gateway.addPerson();
  rows = reachable(gateway.app);
});
afterAll(() => gateway?.stop());

const name = ({ method, path }: Reachable) => `${method} ${path}`;
const outside = (...allowed: readonly string[][]) => rows.filter((row) => !allowed.flat().includes(name(row)));
const call = (client: HttpClient, { method, path }: Reachable) =>
  client.call(method, path.replaceAll(/:\w+/g, randomUUID()), method === 'POST' || method === 'PUT' ? { json: {} } : {});

/** Calls each row and gives those that answered otherwise. */
async function answeringOtherwise(client: HttpClient, which: readonly Reachable[], expected: (status: number, code: unknown) => boolean): Promise<string[]> {
  const found: string[] = [];
  for (const row of which) {
    const answer = await call(client, row);
    if (!expected(answer.status, answer.json().code)) found.push(`${name(row)} → ${answer.status} ${answer.text}`);
  }
  return found;
}

describe('the running router', () => {
  it('holds exactly the rows of the table', () => {
    expect(rows.map(name).toSorted()).toEqual(gateway.routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`).toSorted());
    expect(rows.length).toBeGreaterThan(20);
  });

  it('has no public row but those listed, and each of them says why', () => {
    const rowsOfTable = gateway.routes.filter(({ who }) => who === 'public');
    expect(rowsOfTable.map(({ method, path }) => `${method.toUpperCase()} ${path}`).toSorted()).toEqual(PUBLIC.toSorted());
    for (const { why } of rowsOfTable) expect(why).toMatch(/\S{3}/);
  });

  it('answers nobody', async () => {
    const refused = (status: number, code: unknown) => status === 401 && code === 'sign-in-required';
    expect(await answeringOtherwise(gateway.browser(), outside(PUBLIC), refused)).toEqual([]);
  });

  it('answers nobody with made-up cookies', async () => {
    const client = gateway.browser();
    for (const cookie of ['__Host-sekisho', '__Host-sekisho-pending', '__Host-sekisho-browser']) client.cookies.set(cookie, 'A'.repeat(43));
    const refused = (status: number, code: unknown) => status === 401 && code === 'sign-in-required';
    expect(await answeringOtherwise(client, outside(PUBLIC, SECOND_STEP), refused)).toEqual([]);
    for (const [method, path, sent] of [['GET', '/api/sign-in/enrolment', {}], ['POST', '/api/sign-in/totp', { json: { code: '123456' } }], ['POST', '/api/sign-in/enrolment', { json: { code: '123456' } }]] as const) {
      expect([(await client.call(method, path, sent)).status, path]).toEqual([401, path]);
    }
  });

  it('answers a half-finished sign-in with nothing but its second step', async () => {
    const client = await gateway.halfSignedIn(person);
    const incomplete = (status: number, code: unknown) => status === 401 && code === 'sign-in-incomplete';
    expect(await answeringOtherwise(client, outside(PUBLIC, SECOND_STEP), incomplete)).toEqual([]);
    client.cookies.set('__Host-sekisho', client.cookies.get('__Host-sekisho-pending')!);
    expect(await answeringOtherwise(client, outside(PUBLIC, SECOND_STEP), incomplete)).toEqual([]);
  });

  it('answers an ended sign-in nothing', async () => {
    const client = await gateway.signedIn(person);
    const cookies = new Map(client.cookies);
    expect((await client.call('GET', '/api/me')).status).toBe(200);
    expect((await client.call('POST', '/api/sign-out')).status).toBe(204);
    expect(client.cookies.has('__Host-sekisho')).toBe(false);
    for (const [cookie, value] of cookies) client.cookies.set(cookie, value);
    const refused = (status: number, code: unknown) => status === 401 && code === 'sign-in-required';
    expect(await answeringOtherwise(client, outside(PUBLIC, SECOND_STEP), refused)).toEqual([]);
  });

  it('takes the token of a complete sign-in for no half-finished one', async () => {
    const client = await gateway.signedIn(person, 1);
    client.cookies.set('__Host-sekisho-pending', client.cookies.get('__Host-sekisho')!);
    client.cookies.delete('__Host-sekisho');
    const refused = (status: number) => status === 401;
    expect(await answeringOtherwise(client, outside(PUBLIC, SECOND_STEP), refused)).toEqual([]);
    expect((await client.call('POST', '/api/sign-in/totp', { json: { code: gateway.oneTimeCode(person, 1) } })).status).toBe(401);
  });

  it('believes no header about who is asking', async () => {
    const client = gateway.browser();
    const headers = {
      'authorization': `Basic ${Buffer.from(`${person.username}:${person.password}`).toString('base64')}`,
      'remote-user': person.username,
      'x-remote-user': person.username,
      'x-forwarded-user': person.username,
      'x-authenticated-user': person.username,
      'x-webauth-user': person.username,
      'x-user-id': person.id,
      'x-original-url': '/healthz',
      'x-rewrite-url': '/healthz',
      'x-http-method-override': 'GET',
    };
    expect((await client.call('GET', '/api/me', { headers })).status).toBe(401);
    expect((await client.call('GET', `/api/me?token=${'A'.repeat(43)}`, { headers })).status).toBe(401);
  });
});

/** Reads Express's own stack, not our table: what a request can really reach. */
function reachable(app: TestGateway['app']): Reachable[] {
  type Layer = { readonly route?: { readonly path: string; readonly methods: Record<string, boolean> }; readonly handle?: { readonly stack?: Layer[] } };
  const walk = (layers: readonly Layer[]): Reachable[] =>
    layers.flatMap(({ route, handle }) => {
      if (route) return Object.keys(route.methods).filter((method) => method !== '_all').map((method) => ({ method: method.toUpperCase(), path: route.path }));
      return handle?.stack ? walk(handle.stack) : [];
    });
  return walk((app.router as unknown as { stack: Layer[] }).stack);
}
