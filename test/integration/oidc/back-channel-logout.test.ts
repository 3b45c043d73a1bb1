import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { addDesktop } from '../../support/add-desktop.ts';
import type { Answer, HttpClient } from '../../support/http-client.ts';
import { openLive } from '../../support/live-client.ts';
import { startLyingGuacd, type LyingGuacd } from '../../support/lying-guacd.ts';
import type { Person } from '../../support/people.ts';
import { dialRelay } from '../../support/relay-client.ts';
import { signInAt, walk } from '../../support/providers/walk.ts';
import { startTownWithProviders, type TownWithProviders } from '../../support/providers/town-with-providers.ts';

let guacd: LyingGuacd;
let town: TownWithProviders;
let person: Person;
beforeAll(async () => {
  guacd = await startLyingGuacd();
  town = await startTownWithProviders({ guacd: `${guacd.host}:${guacd.port}` });
  const dutyId = (await town.gateway.broker.directory.addDuty({ organisationId: town.organisationId, name: '窓口', class: 'P2', zone: 'internet' })).id;
  person = await town.gateway.addPerson({ colleagueOf: { organisationId: town.organisationId, unitId: town.unitId, dutyId } });
  await town.gateway.database.insertInto('provider_name').values({ person_id: person.id, organisation_id: town.organisationId, name: '1' }).execute();
  await town.rule({ liar: `
        link: { claim: employee_number }
        second-factor: { amr: [otp], max-age: 8h }` });
}, 120_000);
afterAll(async () => {
  await town?.stop();
  await guacd?.stop();
});

const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} };
const now = () => Math.floor(Date.now() / 1000);
const code = (answer: Answer) => answer.json<{ code?: string }>().code;

/** Signed in completely by the provider's word, in the provider's session `sid`. */
async function signedIn(sid: string): Promise<HttpClient> {
  town.liar.lies = { claims: { employee_number: '1', amr: ['otp'], sid } };
  const client = town.gateway.browser();
  expect((await signInAt(client, { ca: town.ca, provider: 'liar' })).json()).toHaveProperty('user');
  expect(await stands(client)).toBe(true);
  return client;
}
const stands = async (client: HttpClient) => (await client.call('GET', '/api/me')).status === 200;
const honest = () => ({ iss: town.liar.issuer, aud: town.liar.clientId, iat: now(), exp: now() + 120, jti: randomUUID(), events: EVENTS });
/** As the provider's server does: a form, no cookie, no origin. */
const post = (token: string, provider = 'liar') =>
  town.gateway.browser().call('POST', `/api/providers/${provider}/back-channel-logout`, {
    body: new URLSearchParams({ logout_token: token }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'origin': undefined, 'sec-fetch-site': undefined },
  });
const ended = async (): Promise<unknown[]> => {
  const rows = await town.gateway.database.selectFrom('audit_record').select('body').where('code', '=', 'SKA-2005').orderBy('at').execute();
  return rows.map(({ body }) => (JSON.parse(body.toString()) as { fields: { why: unknown } }).fields.why);
};

describe('a logout token', () => {
  it('ends the sign-in of the session that it names, and no other', async () => {
    const [one, other] = [await signedIn('s-1'), await signedIn('s-2')];
    const answer = await post(await town.liar.sign({ ...honest(), sid: 's-1' }));
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    expect([await stands(one), await stands(other)]).toEqual([false, true]);
    expect((await ended()).at(-1)).toBe('by-provider');
  });

  it('ends every sign-in of the subject that it names, the leases with them, and the relay and the page within five seconds', async () => {
    const client = await signedIn('s-3');
    const desktopId = await addDesktop(town.gateway.broker, person);
    const lease = await client.call('POST', '/api/leases', { json: { desktopId, dutyId: person.dutyId } });
    expect(lease.status).toBe(201);
    const { id: leaseId } = lease.json<{ id: string }>();
    const relay = await dialRelay(town.gateway, client, leaseId);
    await once(relay.socket, 'message');
    expect(relay.socket.readyState).toBe(1);
    const page = await openLive(town.gateway, client);
    await page.watch('person');
    const begun = performance.now();
    expect((await post(await town.liar.sign({ ...honest(), sub: 'liar-1' }))).status).toBe(200);
    expect(await stands(client)).toBe(false);
    const row = await town.gateway.database.selectFrom('lease').select(['state', 'ended_because']).where('id', '=', leaseId).executeTakeFirstOrThrow();
    expect(row).toEqual({ state: 'ended', ended_because: 'sign-in-ended' });
    await Promise.all([relay.closed, page.over]);
    expect(page.signedOut()).toBe(true);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('ends a sign-in whose second factor is still to come', async () => {
    town.liar.lies = { claims: { employee_number: '1', sid: 's-4' } };
    const client = town.gateway.browser();
    expect((await signInAt(client, { ca: town.ca, provider: 'liar' })).json()).toMatchObject({ next: 'totp' });
    expect((await post(await town.liar.sign({ ...honest(), sid: 's-4' }))).status).toBe(200);
    expect((await client.call('POST', '/api/sign-in/totp', { json: { code: town.gateway.oneTimeCode(person) } })).status).toBe(401);
  });

  it('that came while the person was on the way back is heeded', async () => {
    town.liar.lies = { claims: { employee_number: '1', amr: ['otp'], sid: 's-5' } };
    const client = town.gateway.browser();
    const begun = await client.call('POST', '/api/sign-in/provider', { json: { provider: 'liar', returnTo: '/' } });
    const answer = await walk(begun.json<{ location: string }>().location, { ca: town.ca });
    expect((await post(await town.liar.sign({ ...honest(), sid: 's-5' }))).status).toBe(200);
    expect(code(await client.call('POST', '/api/sign-in/provider/answer', { json: { provider: 'liar', answer } }))).toBe('provider-sign-in-over');
  });

  it('counts once', async () => {
    const token = await town.liar.sign({ ...honest(), sid: 's-6' });
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(token)));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 400, 400, 400, 400]);
  });

  it.each<[string, () => Promise<string>]>([
    ['of another issuer', () => town.liar.sign({ ...honest(), iss: 'https://elsewhere.example', sid: 's' })],
    ['for another audience', () => town.liar.sign({ ...honest(), aud: 'another-client', sid: 's' })],
    ['without iat', () => town.liar.sign({ ...without(honest(), 'iat'), sid: 's' })],
    ['that is too old', () => town.liar.sign({ ...honest(), iat: now() - 3_600, sid: 's' })],
    ['that has expired', () => town.liar.sign({ ...honest(), exp: now() - 120, sid: 's' })],
    ['without jti', () => town.liar.sign({ ...without(honest(), 'jti'), sid: 's' })],
    ['without events', () => town.liar.sign({ ...without(honest(), 'events'), sid: 's' })],
    ['of another event', () => town.liar.sign({ ...honest(), events: { 'http://schemas.openid.net/event/other': {} }, sid: 's' })],
    ['with a nonce, which makes it an ID token', () => town.liar.sign({ ...honest(), nonce: 'n', sid: 's' })],
    ['that names nobody', () => town.liar.sign(honest())],
    ['whose session is no text', () => town.liar.sign({ ...honest(), sub: 'liar-1', sid: 7 })],
    ['that is signed by nobody', async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ ...honest(), sid: 's' })).toString('base64url')}.`],
    ['whose signature is another’s', async () => `${(await town.liar.sign({ ...honest(), sid: 's' })).split('.').slice(0, 2).join('.')}.${(await town.liar.sign({ ...honest(), sid: 't' })).split('.')[2]}`],
    ['that is none', async () => 'x.y.z'],
  ])('%s ends nothing', async (_what, make) => {
    const client = await signedIn('s');
    const answer = await post(await make());
    expect([answer.status, code(answer)]).toEqual([400, 'logout-token-invalid']);
    expect(await stands(client)).toBe(true);
  });

  it('of one provider is nothing at another', async () => {
    const client = await signedIn('s-7');
    expect((await post(await town.liar.sign({ ...honest(), sid: 's-7' }), 'city')).status).toBe(400);
    expect(await stands(client)).toBe(true);
  });

  it('is taken as a form alone, and from a program alone', async () => {
    const token = await town.liar.sign({ ...honest(), sid: 's-8' });
    expect((await town.gateway.browser().call('POST', '/api/providers/liar/back-channel-logout', { json: { logout_token: token } })).status).toBe(415);
  });
});

describe('keys of a provider that change', () => {
  it('are fetched anew, for the sign-ins and the logouts after it', async () => {
    await signedIn('k-1');
    town.city.signsIn = { sub: 'city-1', claims: { employee_number: '2' } };
    const colleague = await town.gateway.addPerson({ colleagueOf: person });
    await town.gateway.database.insertInto('provider_name').values({ person_id: colleague.id, organisation_id: town.organisationId, name: '2' }).execute();
    expect((await signInAt(town.gateway.browser(), { ca: town.ca, provider: 'city' })).status).toBe(200);
    await town.liar.rotateKeys();
    town.city.rotateKeys();
    // A pause keeps made-up key ids from becoming a flood of questions.
    await new Promise((done) => setTimeout(done, 5_500));
    expect((await signInAt(town.gateway.browser(), { ca: town.ca, provider: 'city' })).status).toBe(200);
    const client = await signedIn('k-2');
    expect((await post(await town.liar.sign({ ...honest(), sid: 'k-2' }))).status).toBe(200);
    expect(await stands(client)).toBe(false);
  });
});

function without(claims: ReturnType<typeof honest>, name: keyof ReturnType<typeof honest>) {
  return Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
}
