import { businessDigest } from '../../support/business-digest.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { Answer, HttpClient } from '../../support/http-client.ts';
import type { Person } from '../../support/people.ts';
import { problemCodeOf, reachable, rowName, rowsReached } from '../../support/reachable.ts';
import { sampleRequest } from '../../support/sample-request.ts';
import { addTownHall, type TownHall } from '../../support/town-hall.ts';
import type { Route } from '../../../gateway/http/route.ts';

/** What anybody may call. A row that becomes public without being added here fails. */
const PUBLIC = [
  'GET /healthz',
  'GET /readyz',
  'POST /api/sign-in',
  'GET /api/sign-in/providers',
  'POST /api/sign-in/provider',
  'POST /api/sign-in/provider/answer',
  'POST /api/providers/:provider/back-channel-logout',
  'GET /api/sign-in/passkey-alone',
  'POST /api/sign-in/passkey-alone/challenge',
  'POST /api/sign-in/passkey-alone',
  'POST /api/invitations/view',
  'POST /api/invitations/redeem',
  'GET /api/openapi.json',
  'GET /',
  'GET /sign-in',
  'GET /sign-in/provider/:provider',
  'GET /welcome',
  'GET /session/:leaseId',
  'GET /duties',
  'GET /sign-ins',
  'GET /security',
  'GET /waiting',
  'GET /drill',
  'GET /administration/board',
  'GET /administration/level',
  'GET /administration/exceptions',
  'GET /administration/bypass',
  'GET /administration/drills',
  'GET /administration/drills/:id',
  'GET /administration/devices',
  'GET /oversight/bypass',
  'GET /administration/people',
  'GET /administration/people/:id',
  'GET /administration/duties',
  'GET /administration/delegations',
  'GET /administration/acknowledgements',
  'GET /administration/desktops',
  'GET /administration/desktops/:id',
  'GET /administration/pools',
  'GET /administration/import',
  'GET /oversight/sessions',
  'GET /oversight/sessions/:id',
  'GET /oversight/entry',
  'GET /telework',
  'GET /telework/unit',
  'GET /assets/:file.:type',
  'GET /:file.:type',
];
/** What the token of a half-finished sign-in is for. */
const SECOND_STEP = ['GET /api/sign-in/enrolment', 'POST /api/sign-in/enrolment', 'POST /api/sign-in/totp', 'POST /api/sign-in/recovery-code', 'POST /api/sign-in/passkey/challenge', 'POST /api/sign-in/passkey', 'POST /api/sign-in/bypass'];
/** What everybody who is signed in may call, since it is about themselves alone. A row without an action fails unless it is here. */
const OWN = [
  'POST /api/sign-out',
  'GET /api/me',
  'PUT /api/me/language',
  'POST /api/me/step-up',
  'GET /api/me/duties',
  'POST /api/me/acknowledgement',
  'GET /api/me/delegates',
  'GET /api/me/delegations',
  'POST /api/me/delegations',
  'POST /api/me/delegations/:id/end',
  'GET /api/me/sign-ins',
  'DELETE /api/me/sign-ins',
  'GET /api/me/sign-ins/open',
  'DELETE /api/me/sign-ins/others',
  'DELETE /api/me/sign-ins/:id',
  'GET /api/me/factors',
  'POST /api/me/authenticators',
  'POST /api/me/authenticators/:id/confirmation',
  'DELETE /api/me/authenticators/:id',
  'POST /api/me/recovery-codes',
  'POST /api/me/passkeys/challenge',
  'POST /api/me/passkeys',
  'DELETE /api/me/passkeys/:id',
  'POST /api/me/step-up/passkey/challenge',
  'POST /api/me/step-up/passkey',
  'GET /api/me/notices',
  'POST /api/me/notices/:id/reading',
  'GET /api/me/devices',
  'POST /api/me/device-challenges',
  'POST /api/me/devices',
  'POST /api/me/device-proofs',
  'POST /api/me/devices/:id/end',
  'GET /api/desktops',
  'GET /api/pools',
  'GET /api/drill',
  'GET /api/me/phases',
  'POST /api/leases',
  'GET /api/leases/:id',
  'DELETE /api/leases/:id',
  'POST /api/leases/:id/extension',
  'GET /api/waiting',
  'GET /api/waiting/:id',
  'DELETE /api/waiting/:id',
];

let gateway: TestGateway;
let here: TownHall;
let inside: readonly Route[];
let secondStep: readonly Route[];

beforeAll(async () => {
  gateway = await startGateway();
  here = await addTownHall(gateway);
  inside = rowsReached(gateway.app, gateway.routes, (row) => ![...PUBLIC, ...SECOND_STEP].includes(rowName(row)));
  secondStep = rowsReached(gateway.app, gateway.routes, (row) => SECOND_STEP.includes(rowName(row)));
}, 120_000);
afterAll(() => gateway?.stop());

/** Calls each row with what its schemas take and gives those that answered otherwise. */
async function answeringOtherwise(client: HttpClient, rows: readonly Route[], expected: (status: number, code: unknown) => boolean): Promise<string[]> {
  const found: string[] = [];
  for (const [seed, row] of rows.entries()) {
    const { method, path, body } = sampleRequest(row, { seed, ids: here.ids });
    const answer: Answer = await client.call(method, path, body === undefined ? {} : { json: body });
    if (!expected(answer.status, problemCodeOf(answer))) found.push(`${rowName(row)} → ${answer.status} ${answer.text.slice(0, 300)}`);
  }
  return found;
}

describe('the running router', () => {
  it('holds exactly the rows of the table', () => {
    const rows = reachable(gateway.app);
    expect(rows.map(rowName).toSorted()).toEqual(gateway.routes.map(rowName).toSorted());
    expect(rows.length).toBeGreaterThan(80);
  });

  it('has no public row but those listed, and each of them says why', () => {
    const rowsOfTable = gateway.routes.filter(({ who }) => who === 'public');
    expect(rowsOfTable.map(rowName).toSorted()).toEqual(PUBLIC.toSorted());
    for (const { why } of rowsOfTable) expect(why).toMatch(/\S{3}/);
  });

  it('asks for a role, or is about the person alone', () => {
    const withoutAction = inside.filter(({ action }) => action === undefined);
    expect(withoutAction.map(rowName).toSorted()).toEqual(OWN.toSorted());
  });
});

describe('nobody', () => {
  it.each([
    ['without a cookie', () => gateway.browser()],
    ['with made-up cookies', () => withCookies(gateway.browser(), 'A'.repeat(43))],
  ])('%s is answered', async (_how, client) => {
    const before = await businessDigest(gateway.database);
    const refused = (status: number, code: unknown) => status === 401 && code === 'sign-in-required';
    expect(await answeringOtherwise(client(), inside, refused)).toEqual([]);
    expect(await answeringOtherwise(client(), secondStep, (status) => status === 401)).toEqual([]);
    expect(await businessDigest(gateway.database)).toBe(before);
  });

  it('is believed for a header', async () => {
    const person = here.subject;
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
    expect((await gateway.browser().call('GET', '/api/me', { headers })).status).toBe(401);
    expect((await gateway.browser().call('GET', `/api/me?token=${'A'.repeat(43)}`, { headers })).status).toBe(401);
  });
});

describe('somebody without the role', () => {
  it('is on the trail, once a minute and route', async () => {
    const { id } = here.people.auditor;
    for (let count = 0; count < 3; count += 1) expect((await here.clients.auditor.call('POST', `/api/people/${id}/suspension`, { json: {} })).status).toBe(403);
    const records = await gateway.database.selectFrom('audit_record').select('body').where('code', '=', 'SKA-2008').execute();
    const bodies = records.map(({ body }) => JSON.parse(body.toString()) as { actor: { personId: string }; organisationId: string; fields: object }).filter(({ actor }) => actor.personId === id);
    expect(bodies).toMatchObject([{ organisationId: here.organisationId, fields: { method: 'POST', route: '/api/people/:id/suspension' } }]);
  });
});

describe('a sign-in', () => {
  let person: Person;
  beforeAll(async () => (person = await gateway.addPerson({ roles: ['system-admin'], colleagueOf: here.subject })));

  it('that is half finished is answered nothing but its second step', async () => {
    const before = await businessDigest(gateway.database);
    const client = await gateway.halfSignedIn(person);
    const incomplete = (status: number, code: unknown) => status === 401 && code === 'sign-in-incomplete';
    expect(await answeringOtherwise(client, inside, incomplete)).toEqual([]);
    client.cookies.set('__Host-sekisho', client.cookies.get('__Host-sekisho-pending')!);
    expect(await answeringOtherwise(client, inside, incomplete)).toEqual([]);
    expect(await businessDigest(gateway.database)).toBe(before);
  });

  it('that has ended is answered nothing', async () => {
    const client = await gateway.signedIn(person);
    const cookies = new Map(client.cookies);
    expect((await client.call('GET', '/api/me')).status).toBe(200);
    expect((await client.call('POST', '/api/sign-out')).status).toBe(204);
    expect(client.cookies.has('__Host-sekisho')).toBe(false);
    for (const [cookie, value] of cookies) client.cookies.set(cookie, value);
    const before = await businessDigest(gateway.database);
    const refused = (status: number, code: unknown) => status === 401 && code === 'sign-in-required';
    expect(await answeringOtherwise(client, inside, refused)).toEqual([]);
    expect(await businessDigest(gateway.database)).toBe(before);
  });

  it('that is complete is taken for no half-finished one', async () => {
    const client = await gateway.signedIn(person, 1);
    client.cookies.set('__Host-sekisho-pending', client.cookies.get('__Host-sekisho')!);
    client.cookies.delete('__Host-sekisho');
    expect(await answeringOtherwise(client, inside, (status) => status === 401)).toEqual([]);
    expect((await client.call('POST', '/api/sign-in/totp', { json: { code: gateway.oneTimeCode(person, 1) } })).status).toBe(401);
  });
});

function withCookies(client: HttpClient, value: string): HttpClient {
  for (const cookie of ['__Host-sekisho', '__Host-sekisho-pending', '__Host-sekisho-browser']) client.cookies.set(cookie, value);
  return client;
}
