/** Everything that a lying provider, a network in between or another browser may hand in: each is refused for its own reason, and on the trail. */
import { createHash, createHmac } from 'node:crypto';
import { sql } from '../../../broker/store/index.ts';
import type { Answer, HttpClient } from '../../support/http-client.ts';
import { eventually } from '../../support/eventually.ts';
import { signInAt, walk } from '../../support/providers/walk.ts';
import type { Lies } from '../../support/providers/lying-provider.ts';
import { startTownWithProviders, type TownWithProviders } from '../../support/providers/town-with-providers.ts';

let town: TownWithProviders;
beforeAll(async () => {
  town = await startTownWithProviders();
  for (const number of ['city', 'liar']) {
    const person = await town.gateway.addPerson({ colleagueOf: { organisationId: town.organisationId, unitId: town.unitId, dutyId: (await town.gateway.broker.directory.addDuty({ organisationId: town.organisationId, name: number, class: 'P2', zone: 'internet' })).id } });
    await town.gateway.database.insertInto('provider_name').values({ person_id: person.id, organisation_id: town.organisationId, name: number }).execute();
  }
  town.city.signsIn = { sub: 'city-1', claims: { employee_number: 'city' } };
}, 120_000);
afterAll(() => town?.stop());
beforeEach(() => {
  town.liar.lies = { claims: { employee_number: 'liar' } };
});

const code = (answer: Answer) => answer.json<{ code?: string }>().code;
const at = (provider: 'city' | 'liar', more: Partial<Parameters<typeof signInAt>[1]> = {}, client = town.gateway.browser()) => signInAt(client, { ca: town.ca, provider, ...more });
const nobody = (client: HttpClient) => !client.cookies.has('__Host-sekisho') && !client.cookies.has('__Host-sekisho-pending');

async function lastRefused(): Promise<Record<string, unknown>> {
  const rows = await town.gateway.database.selectFrom('audit_record').select('body').where('code', '=', 'SKA-1101').orderBy('at').execute();
  return (JSON.parse(rows.at(-1)!.body.toString()) as { fields: Record<string, unknown> }).fields;
}
/** What anybody can cause is counted until its minute is over. */
async function counted(why: string): Promise<number> {
  const rows = await town.gateway.database.selectFrom('provider_noise').select('count').where('why', '=', why).execute();
  return rows.reduce((sum, { count }) => sum + count, 0);
}

it('a provider that tells the truth is believed, so that what follows is refused for the lie alone', async () => {
  const client = town.gateway.browser();
  expect((await at('liar', {}, client)).json()).toMatchObject({ next: 'totp' });
  expect(client.cookies.has('__Host-sekisho-pending')).toBe(true);
});

describe('an ID token', () => {
  const now = () => Math.floor(Date.now() / 1000);
  it.each<[string, () => Lies, string]>([
    ['with another nonce', () => ({ claims: { nonce: 'another' } }), 'nonce-wrong'],
    ['without a nonce', () => ({ claims: { nonce: undefined } }), 'token-invalid'],
    ['for another audience', () => ({ claims: { aud: 'another-client' } }), 'audience-wrong'],
    ['for us and somebody else', () => ({ claims: { aud: [town.liar.clientId, 'another-client'], azp: 'another-client' } }), 'audience-wrong'],
    ['of another issuer', () => ({ claims: { iss: town.city.issuer } }), 'token-issuer-wrong'],
    ['that has expired', () => ({ claims: { iat: now() - 900, exp: now() - 600 } }), 'token-expired'],
    ['that is signed by nobody', () => ({ signed: 'none' }), 'algorithm-wrong'],
    ['that is signed with the client secret', () => ({ signed: 'hmac' }), 'algorithm-wrong'],
    ['that is signed by a key which the provider does not publish', () => ({ signed: 'foreign' }), 'signature-wrong'],
    ['without a subject', () => ({ claims: { sub: undefined } }), 'token-invalid'],
    ['whose subject no database can hold', () => ({ claims: { sub: 'x\u0000' } }), 'token-invalid'],
    ['whose subject is too long', () => ({ claims: { sub: 'x'.repeat(256) } }), 'token-invalid'],
    ['whose subject is no text', () => ({ claims: { sub: { $ne: 1 } } }), 'token-invalid'],
  ])('%s is refused', async (_what, lies, why) => {
    town.liar.lies = { ...lies(), claims: { employee_number: 'liar', ...lies().claims } };
    const client = town.gateway.browser();
    const answer = await at('liar', {}, client);
    expect([answer.status, code(answer)]).toEqual([401, 'provider-token-refused']);
    expect(await lastRefused()).toMatchObject({ provider: 'liar', why, count: 1 });
    expect(nobody(client)).toBe(true);
  });

  it('of somebody who proved themselves too long ago is refused where policy asks for less', async () => {
    await town.rule({ liar: `
        link: { claim: employee_number }
        second-factor: { amr: [otp], max-age: 1h }` });
    town.liar.lies = { claims: { employee_number: 'liar', amr: ['otp'], auth_time: now() - 7_200 } };
    expect(code(await at('liar'))).toBe('provider-token-refused');
    expect(await lastRefused()).toMatchObject({ why: 'proved-too-long-ago' });
    town.liar.lies = { claims: { employee_number: 'liar', amr: ['otp'], auth_time: now() - 60 } };
    expect((await at('liar')).json()).toHaveProperty('user');
    await town.rule({});
  });
});

describe('an answer', () => {
  it.each<[string, (query: string) => string, string, string]>([
    ['without a state', (query) => without(query, 'state'), 'state-wrong', 'provider-state-wrong'],
    ['with another state', (query) => withIn(query, 'state', 'A'.repeat(43)), 'state-wrong', 'provider-state-wrong'],
    ['with two states', (query) => `${query}&state=${'A'.repeat(43)}`, 'answer-malformed', 'provider-state-wrong'],
    ['without a code', (query) => without(query, 'code'), 'answer-malformed', 'provider-state-wrong'],
    ['with two codes', (query) => `${query}&code=another`, 'answer-malformed', 'provider-state-wrong'],
    ['that names another issuer (RFC 9207)', (query) => withIn(query, 'iss', 'https://elsewhere.example'), 'issuer-wrong', 'provider-issuer-wrong'],
    ['that names no issuer, although the provider always does', (query) => without(query, 'iss'), 'issuer-wrong', 'provider-issuer-wrong'],
    ['with a made-up code', (query) => withIn(query, 'code', 'made-up'), 'code-refused', 'provider-code-refused'],
    ['in which the provider declines', (query) => `${without(query, 'code')}&error=access_denied`, 'declined', 'provider-declined'],
    ['that is empty', () => '', 'state-wrong', 'provider-state-wrong'],
  ])('%s is refused', async (_what, spoil, why, refused) => {
    const before = await counted(why);
    const client = town.gateway.browser();
    expect(code(await at('city', { spoil }, client))).toBe(refused);
    expect(await counted(why)).toBe(before + 1);
    expect(nobody(client)).toBe(true);
  });

  it('counts once, of any number at once', async () => {
    const client = town.gateway.browser();
    const begun = await client.call('POST', '/api/sign-in/provider', { json: { provider: 'city', returnTo: '/' } });
    const answer = await walk(begun.json<{ location: string }>().location, { ca: town.ca });
    const cookies = new Map(client.cookies);
    const all = await Promise.all(
      Array.from({ length: 8 }, () => {
        const same = town.gateway.browser();
        for (const [name, value] of cookies) same.cookies.set(name, value);
        return same.call('POST', '/api/sign-in/provider/answer', { json: { provider: 'city', answer } });
      }),
    );
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(all.filter(({ status }) => status !== 200).map(code))).toEqual(new Set(['provider-sign-in-over']));
    expect(await counted('answer-replayed')).toBe(7);
  });

  it('is of no use in another browser, nor with the cookie of another sign-in', async () => {
    const victim = town.gateway.browser();
    const begun = await victim.call('POST', '/api/sign-in/provider', { json: { provider: 'city', returnTo: '/' } });
    const answer = await walk(begun.json<{ location: string }>().location, { ca: town.ca });
    const thief = town.gateway.browser();
    expect(code(await thief.call('POST', '/api/sign-in/provider/answer', { json: { provider: 'city', answer } }))).toBe('provider-sign-in-over');
    await thief.call('POST', '/api/sign-in/provider', { json: { provider: 'city', returnTo: '/' } });
    expect(code(await thief.call('POST', '/api/sign-in/provider/answer', { json: { provider: 'city', answer } }))).toBe('provider-state-wrong');
    expect(nobody(thief)).toBe(true);
    expect(await counted('other-browser')).toBe(1);
    // It was not used up by that.
    expect((await victim.call('POST', '/api/sign-in/provider/answer', { json: { provider: 'city', answer } })).status).toBe(200);
  });

  it('with a code that was stolen from another browser is refused, since the code belongs to its verifier', async () => {
    const victim = await town.gateway.browser().call('POST', '/api/sign-in/provider', { json: { provider: 'city', returnTo: '/' } });
    const stolen = new URLSearchParams(await walk(victim.json<{ location: string }>().location, { ca: town.ca })).get('code')!;
    expect(code(await at('city', { spoil: (query) => withIn(query, 'code', stolen) }))).toBe('provider-code-refused');
  });

  it('from another origin is not read', async () => {
    const client = town.gateway.browser();
    const refused = await client.call('POST', '/api/sign-in/provider/answer', { json: { provider: 'city', answer: 'code=x' }, headers: { 'origin': 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' } });
    expect(code(refused)).toBe('request-foreign-origin');
  });
});

describe('two providers mixed up', () => {
  it('never hand the code of one to the other', async () => {
    const shown = town.liar.shown.length;
    const client = town.gateway.browser();
    // The person chose the liar, whose own page sends them on to the honest provider with what it was given, as if it were a client of that.
    const begun = await client.call('POST', '/api/sign-in/provider', { json: { provider: 'liar', returnTo: '/' } });
    const asked = new URL(begun.json<{ location: string }>().location).searchParams;
    const honest = await town.gateway.browser().call('POST', '/api/sign-in/provider', { json: { provider: 'city', returnTo: '/' } });
    const onward = new URL(honest.json<{ location: string }>().location);
    for (const name of ['state', 'nonce', 'code_challenge']) onward.searchParams.set(name, asked.get(name)!);
    const answer = await walk(onward.href, { ca: town.ca });
    expect(new URLSearchParams(answer).get('state')).toBe(asked.get('state'));
    // To the honest one's callback, as it was registered there ...
    const before = await counted('issuer-wrong');
    expect(code(await client.call('POST', '/api/sign-in/provider/answer', { json: { provider: 'city', answer } }))).toBe('provider-issuer-wrong');
    expect(await counted('issuer-wrong')).toBe(before + 1);
    // ... and to the liar's, by the issuer that the answer names.
    const again = town.gateway.browser();
    const second = await again.call('POST', '/api/sign-in/provider', { json: { provider: 'liar', returnTo: '/' } });
    const state = new URL(second.json<{ location: string }>().location).searchParams.get('state')!;
    expect(code(await again.call('POST', '/api/sign-in/provider/answer', { json: { provider: 'liar', answer: withIn(answer, 'state', state) } }))).toBe('provider-issuer-wrong');
    expect(town.liar.shown.length).toBe(shown);
  });
});

describe('the way back', () => {
  it.each(['https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example', '/sign-in', '/api/me', '/duties?x=1', '/duties#x', 'javascript:alert(1)', '', '/%2f/elsewhere.example', '/duties/../api/me', '/session/x'])('does not lead to %s', async (returnTo) => {
    const answer = await town.gateway.browser().call('POST', '/api/sign-in/provider', { json: { provider: 'city', returnTo } });
    expect([answer.status, code(answer)]).toEqual([400, 'request-invalid']);
    expect(answer.setCookies).toEqual([]);
  });

  it('is this product’s own, exactly as the provider has it', async () => {
    const begun = await town.gateway.browser().call('POST', '/api/sign-in/provider', { json: { provider: 'city', returnTo: '/duties' } });
    const asked = new URL(begun.json<{ location: string }>().location).searchParams;
    expect(asked.get('redirect_uri')).toBe(`${town.gateway.origin}/sign-in/provider/city`);
    expect(asked.get('response_type')).toBe('code');
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(begun.setCookies).toEqual([expect.stringMatching(/^__Host-sekisho-provider=[\w-]{43}; Max-Age=(?:599|600); Path=\/; Secure; HttpOnly; SameSite=Strict$/)]);
  });
});

it('what the database holds can finish nobody’s sign-in', async () => {
  const client = town.gateway.browser();
  const begun = await client.call('POST', '/api/sign-in/provider', { json: { provider: 'city', returnTo: '/' } });
  const asked = new URL(begun.json<{ location: string }>().location).searchParams;
  const token = client.cookies.get('__Host-sekisho-provider')!;
  const verifier = createHmac('sha256', token).update('sekisho oidc verifier').digest('base64url');
  const values = (await town.gateway.database.selectFrom('provider_transaction').selectAll().execute()).flatMap((row) => Object.values(row));
  const rows = values.map((value) => (Buffer.isBuffer(value) ? `${value.toString('latin1')} ${value.toString('base64url')}` : String(value))).join('\n');
  expect(rows).toContain(createHash('sha256').update(token).digest('base64url'));
  for (const secret of [token, verifier, asked.get('state')!, asked.get('nonce')!]) expect(rows).not.toContain(secret);
  const text = town.gateway.logged();
  for (const secret of [token, verifier, town.city.clientSecret, town.liar.clientSecret]) expect(text).not.toContain(secret);
});

it('noise is told in sum, once its minute is over, with its reasons', async () => {
  const told = async () => {
    const rows = await town.gateway.database.selectFrom('audit_record').select('body').where('code', '=', 'SKA-1101').execute();
    return rows.map(({ body }) => (JSON.parse(body.toString()) as { fields: { byWhy?: Record<string, number> } }).fields.byWhy?.['state-wrong'] ?? 0).filter((sum) => sum > 0);
  };
  const total = (sums: readonly number[]) => sums.reduce((sum, one) => sum + one, 0);
  const waiting = await counted('state-wrong');
  const before = await told();
  expect(waiting + total(before)).toBeGreaterThanOrEqual(4);
  await sql`update provider_noise set minute = minute - interval '1 hour'`.execute(town.gateway.database);
  await eventually(async () => {
    const sums = await told();
    expect(total(sums)).toBe(waiting + total(before));
    // One a network and minute, not one a try.
    expect(sums.length).toBeLessThan(total(sums));
  });
  expect(await counted('state-wrong')).toBe(0);
});

it('no network can begin without end', async () => {
  const open = await town.gateway.database.selectFrom('provider_transaction').where('used_at', 'is', null).select('id').execute();
  await sql`insert into provider_transaction (id, token_hash, provider_id, return_to, network, begun_at, expires_at)
    select gen_random_uuid(), sha256(n::text::bytea), 'city', '/', '127.0.0.1', now(), now() + interval '10 minutes' from generate_series(1, ${2_999 - open.length}::int) as n`.execute(town.gateway.database);
  const begin = () => town.gateway.browser().call('POST', '/api/sign-in/provider', { json: { provider: 'city', returnTo: '/' } });
  expect((await begin()).status).toBe(200);
  const refused = await begin();
  expect([refused.status, code(refused)]).toEqual([429, 'too-many-attempts']);
  await town.gateway.database.deleteFrom('provider_transaction').execute();
  expect((await begin()).status).toBe(200);
});

it('an answer that takes too long finds nothing', async () => {
  const client = town.gateway.browser();
  const begun = await client.call('POST', '/api/sign-in/provider', { json: { provider: 'city', returnTo: '/' } });
  const answer = await walk(begun.json<{ location: string }>().location, { ca: town.ca });
  await town.gateway.database.updateTable('provider_transaction').set({ begun_at: new Date(Date.now() - 700_000), expires_at: new Date(Date.now() - 1_000) }).where('used_at', 'is', null).execute();
  expect(code(await client.call('POST', '/api/sign-in/provider/answer', { json: { provider: 'city', answer } }))).toBe('provider-sign-in-over');
  expect(await counted('took-too-long')).toBe(1);
});

it('a provider that nobody knows is none', async () => {
  const client = town.gateway.browser();
  expect(code(await client.call('POST', '/api/sign-in/provider', { json: { provider: 'nobody', returnTo: '/' } }))).toBe('provider-unknown');
  expect(code(await client.call('POST', '/api/sign-in/provider/answer', { json: { provider: 'nobody', answer: '' } }))).toBe('provider-unknown');
});

function without(query: string, name: string): string {
  const parameters = new URLSearchParams(query);
  parameters.delete(name);
  return parameters.toString();
}
function withIn(query: string, name: string, value: string): string {
  const parameters = new URLSearchParams(query);
  parameters.set(name, value);
  return parameters.toString();
}
