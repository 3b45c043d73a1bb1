import { randomUUID } from 'node:crypto';
import { ACTIONS, Refusal, type Code, type Role } from '../../../broker/port.ts';
import type { Route } from '../../../gateway/http/route.ts';
import { businessDigest } from '../../support/business-digest.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { Answer, HttpClient } from '../../support/http-client.ts';
import { problemCodeOf, rowName, rowsReached } from '../../support/reachable.ts';
import { kindsNamedBy, sampleRequest, type SampleRequest } from '../../support/sample-request.ts';
import { addTownHall, ROLES, type Ids, type TownHall } from '../../support/town-hall.ts';

/** What every row may answer, besides the codes that it names. */
const COMMON: readonly Code[] = ['request-invalid'];

let gateway: TestGateway;
let here: TownHall;
let there: TownHall;
/** Of those who are signed in. What takes something away comes late, and signing out last, since nothing can be asked after it. */
let rows: readonly Route[];

beforeAll(async () => {
  gateway = await startGateway();
  here = await addTownHall(gateway);
  there = await addTownHall(gateway);
  rows = rowsReached(gateway.app, gateway.routes, ({ who }) => who === 'signed-in').toSorted((one, other) => finality(one) - finality(other));
}, 120_000);
afterAll(() => gateway?.stop());

/** After it whoever asked is nobody. */
const endsItself = (row: Route) => ['POST /api/sign-out', 'DELETE /api/me/sign-ins'].includes(rowName(row));
const finality = (row: Route) => (endsItself(row) ? 3 : row.method === 'delete' ? 2 : /(?:suspension|retirement)$/.test(row.path) ? 1 : 0);

let samples = 0;
function request(row: Route, { ids = here.ids, town = here, over = {} }: { ids?: Ids; town?: TownHall; over?: Record<string, unknown> } = {}): SampleRequest {
  samples += 1;
  return sampleRequest(row, { seed: samples, ids, over: { ...sensible(row, town, samples), ...over } });
}
const send = (client: HttpClient, { method, path, body }: SampleRequest): Promise<Answer> => client.call(method, path, body === undefined ? {} : { json: body });

describe('what lies outside of a role', () => {
  it('is not found by the same role of another organisation, and unchanged', async () => {
    const before = await businessDigest(gateway.database, here.organisationId);
    const found: string[] = [];
    for (const role of ROLES) {
      const client = await gateway.signedIn(await gateway.addPerson({ roles: [role], colleagueOf: there.subject }));
      for (const row of rows.filter((row) => !endsItself(row))) {
        for (const asked of foreignRequests(row)) {
          const answer = await send(client, asked);
          if (!isForeign(row, role, answer)) found.push(`${role} ${rowName(row)} → ${answer.status} ${answer.text.slice(0, 300)}`);
        }
      }
    }
    expect(found).toEqual([]);
    expect(await businessDigest(gateway.database, here.organisationId)).toBe(before);
  }, 240_000);

  it('is not found where the role was granted for another unit', async () => {
    const found: string[] = [];
    for (const role of ROLES) {
      const person = await gateway.addPerson({ roles: [role], colleagueOf: here.subject });
      await gateway.database.updateTable('role_grant').set({ unit_id: here.otherUnitId }).where('person_id', '=', person.id).execute();
      const client = await gateway.signedIn(person);
      for (const row of rows.filter(ofOnePerson)) {
        const answer = await send(client, request(row));
        if (answer.status !== (isAllowed(row, role) ? 404 : 403)) found.push(`${role} ${rowName(row)} → ${answer.status} ${answer.text.slice(0, 300)}`);
        else if (answer.text.includes(here.subject.username)) found.push(`${role} ${rowName(row)} names the person`);
      }
      for (const row of rows.filter(({ method, path, action }) => method === 'get' && action !== undefined && !path.includes(':'))) {
        const answer = await send(client, request(row, { ids: { ...here.ids, unit: here.otherUnitId } }));
        if (answer.text.includes(here.subject.username)) found.push(`${role} ${rowName(row)} names the person`);
      }
    }
    expect(found).toEqual([]);
  }, 240_000);

  it('is another person\'s sign-in or lease', async () => {
    const client = await gateway.signedIn(await gateway.addPerson({ colleagueOf: here.subject }));
    for (const row of rows.filter(({ action, path }) => action === undefined && path.includes(':id'))) {
      const answer = await send(client, request(row));
      expect([rowName(row), answer.status]).toEqual([rowName(row), 404]);
    }
  });
});

/** What holds nothing that a role would be needed for: the columns of a file, and the own days. */
const NOTHING_TO_DECIDE = ['GET /api/imports/people/template.csv', 'GET /api/imports/desktops/template.csv', 'GET /api/telework'];

describe('the broker', () => {
  it('refuses every role that the table does not name, were a row to forget to ask', async () => {
    const found: string[] = [];
    for (const role of ROLES) {
      const person = await gateway.broker.signIns.resolve(here.clients[role].cookies.get('__Host-sekisho'));
      for (const row of rows.filter((row) => !isAllowed(row, role) && !NOTHING_TO_DECIDE.includes(rowName(row)))) {
        const { params, query, body } = request(row, { over: allOf(row) });
        const call = { person, language: 'ja', origin: { address: '192.0.2.1', userAgent: 'test' }, header: () => undefined, params, query: row.accepts.query?.parse(query), body: row.accepts.body?.parse(body) } as const;
        const outcome = await row.handle(call).then(({ status }) => status, (error: unknown) => (error instanceof Refusal ? error.code : String(error)));
        if (outcome !== 'forbidden') found.push(`${role} ${rowName(row)} → ${outcome}`);
      }
    }
    expect(found).toEqual([]);
  }, 240_000);
});

/** Rows that no single call with a sample can get through. */
const NEEDS_MORE: Readonly<Record<string, string>> = {
  'POST /api/me/step-up': 'a code that only an authenticator knows',
  'POST /api/me/step-up/passkey/challenge': 'a passkey of one\'s own',
  'POST /api/me/step-up/passkey': 'a passkey of one\'s own',
  'POST /api/me/authenticators/:id/confirmation': 'an authenticator that was offered, and its code',
  'DELETE /api/me/authenticators/:id': 'an authenticator of one\'s own beside another factor',
  'POST /api/me/passkeys': 'a device that makes one',
  'DELETE /api/me/passkeys/:id': 'a passkey of one\'s own',
  'POST /api/me/notices/:id/reading': 'a notice of one\'s own',
  'POST /api/people/:id/re-proof': 'a sign-in by recovery code that is open',
  'POST /api/me/acknowledgement': 'rules of telework that the policy names',
  'POST /api/delegations': 'somebody who does not hold the duty, which everybody has been given by then',
  'DELETE /api/me/sign-ins/:id': 'a sign-in of one\'s own',
  'POST /api/leases': 'a desktop that is one\'s own and free',
  'GET /api/leases/:id': 'a lease of one\'s own',
  'DELETE /api/leases/:id': 'a lease of one\'s own',
  'POST /api/leases/:id/extension': 'a session of one\'s own that yields',
  'GET /api/waiting/:id': 'a place of one\'s own',
  'DELETE /api/waiting/:id': 'a place of one\'s own',
  'POST /api/level/tightening': 'a raised level',
  'POST /api/level/proposals/:id/provisional': 'a proposal of one\'s own',
  'DELETE /api/level/proposals/:id': 'a proposal that nobody has approved',
  'DELETE /api/succession/orders/:id': 'an order that nobody has approved',
  'POST /api/deputyships': 'that nobody stands in',
  'POST /api/deputyships/:id/end': 'a deputyship that the authority has not ended by deciding',
  'POST /api/deputyships/declaration': 'a place in the order, which no role gives',
  'POST /api/exceptions': 'a duty of the My Number zone',
  'PUT /api/desktop-records/:id/pool': 'a desktop that nobody is on',
  'POST /api/desktop-records/:id/residual/:residualId/end': 'an OS session whose lease is over',
  'POST /api/drills': 'an organisation that has no drill under way',
  'POST /api/drills/:id/part': 'a desktop and a duty of one\'s own',
  'DELETE /api/drills/:id/part': 'a drill of which its end was not asked for before',
  'PUT /api/people/:id/term': 'an account that ends by itself',
  'POST /api/me/devices': 'a proof by a key',
  'POST /api/me/device-proofs': 'a proof by a key',
  'POST /api/me/devices/:id/end': 'a device of one\'s own',
  'POST /api/imports/people': 'the digest of a preview',
  'POST /api/imports/desktops': 'the digest of a preview',
};

/** Where a role is not enough: forbidden even to some who hold it. */
const MORE_THAN_A_ROLE = ['POST /api/level/proposals/:id/provisional', 'POST /api/deputyships/:id/end'];

// Last, since those who may do something do it.
describe('each role', () => {
  it('is let through exactly where the table of actions says so', async () => {
    const [found, done]: [string[], Set<string>] = [[], new Set()];
    for (const row of rows) {
      for (const role of ROLES) {
        const client = endsItself(row) ? await gateway.signedIn(await gateway.addPerson({ roles: [role] })) : here.clients[role];
        const answer = await send(client, request(row, { over: allOf(row) }));
        const right = isAllowed(row, role) ? isLetThrough(row, answer) : answer.status === 403 && problemCodeOf(answer) === 'forbidden';
        if (!right) found.push(`${role} ${rowName(row)} → ${answer.status} ${answer.text.slice(0, 300)}`);
        if (answer.status < 300) done.add(rowName(row));
      }
    }
    expect(found).toEqual([]);
    expect(rows.map(rowName).filter((row) => !done.has(row)).toSorted()).toEqual(Object.keys(NEEDS_MORE).toSorted());
  }, 240_000);
});

/** By the table of actions alone, so that a row that forgets to look at it is found. */
function isAllowed({ action }: Route, role: Role): boolean {
  return action === undefined || (ACTIONS[action] as readonly Role[]).includes(role);
}

/** It was done, or refused for another reason than who asks, and for one that the row names. */
function isLetThrough(row: Route, answer: Answer): boolean {
  if (answer.status < 300) return answer.status === row.answers.status;
  return [...COMMON, ...row.refusals].includes(problemCodeOf(answer) as Code) && (problemCodeOf(answer) !== 'forbidden' || MORE_THAN_A_ROLE.includes(rowName(row)));
}

/** Naming what is the other organisation's: everything, and each thing alone among the own. */
function foreignRequests(row: Route): SampleRequest[] {
  const kinds = kindsNamedBy(row);
  const each = kinds.length > 1 ? kinds.map((kind) => ({ kind, ids: { ...there.ids, [kind]: here.ids[kind] } })) : [];
  const all = naming(kinds.map((kind) => here.ids[kind]), () => request(row, { ids: here.ids, town: there }));
  return [all, ...each.map(({ kind, ids }) => naming([here.ids[kind]], () => request(row, { ids, town: there })))];
}

/** A sample that names one of these, in a field that may be one of those that can be left out. */
function naming(ids: readonly string[], make: () => SampleRequest): SampleRequest {
  for (let tries = 0; tries < 200; tries += 1) {
    const made = make();
    if (ids.length === 0 || ids.some((id) => JSON.stringify(made).includes(id))) return made;
  }
  throw new Error(`no sample names any of ${ids.join()}`);
}

/** For the calls that shall succeed. */
function allOf(row: Route): Record<string, unknown> {
  return { ...(row.path === '/api/level/proposals' && { supersedes: undefined }), ...(row.path === '/api/entry-stops' && { unitId: null }), ...(row.path === '/api/me/device-challenges' && { purpose: 'sign-in', leaseId: undefined }), ...(row.path === '/api/desktop-records' && { poolId: undefined }), ...(row.path.endsWith('/pool') && { poolId: here.ids.pool }) };
}

/** Nothing was done and nothing told; an address that names what is another organisation's names nothing. */
function isForeign(row: Route, role: Role, answer: Answer): boolean {
  if (answer.text.includes(here.subject.username) || answer.text.includes(here.name)) return false;
  if (!isAllowed(row, role)) return answer.status === 403 && problemCodeOf(answer) === 'forbidden';
  if (kindsNamedBy(row).length === 0) return true;
  // Taking away what was never given changes nothing, whether it exists or not.
  if (row.method === 'delete' && kindsNamedBy(row).length > 1 && answer.status === 200) return !Object.values(here.ids).some((id) => answer.text.includes(id));
  if (row.method === 'get' && !row.path.includes(':')) return answer.status === 404 || (answer.status === 200 && !Object.values(here.ids).some((id) => answer.text.includes(id)));
  // Asked like a real seat, it is refused with the reason of a real one.
  if (rowName(row) === 'POST /api/drills/:id/part' && answer.status !== 404) return answer.status === 400 || (answer.status === 403 && answer.json<{ outcome?: string }>().outcome === 'refuse');
  return row.path.includes(':') ? answer.status === 404 : answer.status >= 400 && answer.status < 500 && problemCodeOf(answer) !== 'conflict';
}

/** Rows about one person, or about one person's session. */
function ofOnePerson({ path, action }: Route): boolean {
  return action !== undefined && /^\/api\/(?:people|sessions)\/:id/.test(path);
}

/** What a person would type, where whatever a schema lets through is not enough. */
function sensible({ path }: Route, town: TownHall, seed: number): Record<string, unknown> {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const today = new Date().toISOString().slice(0, 10);
  return {
    username: `u-${randomUUID()}`,
    name: `名前 ${seed} ${randomUUID()}`,
    ...(path.startsWith('/api/me/authenticators') && { code: '000000' }),
    host: `d-${randomUUID()}.test`,
    protocol: 'vnc',
    kind: path.startsWith('/api/telework') ? 'start' : 'exclusive',
    sessions: 1,
    credentials: 'ask',
    confirm: town.name,
    level: '2',
    event: 'earthquake',
    onset: new Date(Date.now() - 3_600_000).toISOString(),
    // Sessions for a duty end when it moves into a stricter zone, or into a class that is suspended.
    zone: 'internet',
    class: 'P2',
    until: undefined,
    people: [town.subject.id],
    search: undefined,
    ...(path.startsWith('/api/telework') ? { from: today, to: today } : { from: undefined, to: undefined }),
    beginsAt: undefined,
    loan: undefined,
    endsAt: tomorrow,
    cursor: undefined,
    csv: '',
  };
}
