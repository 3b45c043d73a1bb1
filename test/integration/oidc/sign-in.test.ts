import type { Answer } from '../../support/http-client.ts';
import type { Person } from '../../support/people.ts';
import { softwarePasskey } from '../../support/software-passkey.ts';
import { signInAt } from '../../support/providers/walk.ts';
import { startTownWithProviders, type TownWithProviders } from '../../support/providers/town-with-providers.ts';

let town: TownWithProviders;
beforeAll(async () => {
  town = await startTownWithProviders();
}, 120_000);
afterAll(() => town?.stop());

const TWO_FACTORS = `
        link: { claim: employee_number }
        second-factor: { acr: ['urn:example:two-factors'], amr: [pwd, otp], max-age: 8h }`;

/** Somebody of the town, whom the provider knows by this number. */
async function expected(number: string): Promise<Person> {
  const dutyId = (await town.gateway.broker.directory.addDuty({ organisationId: town.organisationId, name: `窓口 ${number}`, class: 'P2', zone: 'internet' })).id;
  const person = await town.gateway.addPerson({ colleagueOf: { organisationId: town.organisationId, unitId: town.unitId, dutyId } });
  await town.gateway.database.insertInto('provider_name').values({ person_id: person.id, organisation_id: town.organisationId, name: number }).execute();
  return person;
}

async function trail(code: string): Promise<{ fields: Record<string, unknown>; actor: Record<string, string>; organisationId?: string }[]> {
  const rows = await town.gateway.database.selectFrom('audit_record').select('body').where('code', '=', code).orderBy('at').execute();
  return rows.map(({ body }) => JSON.parse(body.toString()));
}
const code = (answer: Answer) => answer.json<{ code?: string }>().code;

describe('a sign-in at a provider', () => {
  it('links the person whom an administrator expected, asks for the one-time code and is complete after it', async () => {
    const person = await expected('1001');
    town.city.signsIn = { sub: 'city-1001', claims: { employee_number: '1001', name: '山田 花子' } };
    const client = town.gateway.browser();
    const answer = await signInAt(client, { ca: town.ca, provider: 'city', returnTo: '/duties' });
    expect(answer.json()).toEqual({ next: 'totp', ways: ['totp'], returnTo: '/duties' });
    expect(client.cookies.has('__Host-sekisho')).toBe(false);
    expect(client.cookies.has('__Host-sekisho-provider')).toBe(false);
    expect((await client.call('GET', '/api/me')).status).toBe(401);

    const done = await client.call('POST', '/api/sign-in/totp', { json: { code: town.gateway.oneTimeCode(person) } });
    expect(done.json<{ user: object }>().user).toMatchObject({ id: person.id, method: 'oidc-totp' });
    expect((await trail('SKA-1102')).at(-1)).toMatchObject({ organisationId: town.organisationId, fields: { personId: person.id, provider: 'city', issuer: town.city.issuer, subject: 'city-1001', by: 'claim' } });
    expect((await trail('SKA-1103')).at(-1)).toMatchObject({ actor: { personId: person.id }, fields: { provider: 'city', next: 'totp' } });
    expect((await trail('SKA-2003')).at(-1)).toMatchObject({ fields: { factors: ['identity-provider', 'totp'] } });
  });

  it('knows the person by issuer and subject ever after, whatever the claim says then', async () => {
    town.city.signsIn = { sub: 'city-1001', claims: { employee_number: 'somebody else' } };
    expect((await signInAt(town.gateway.browser(), { ca: town.ca, provider: 'city' })).json()).toMatchObject({ next: 'totp' });
  });

  it('is refused where nobody expects the person, and told on the trail', async () => {
    town.city.signsIn = { sub: 'city-9999', claims: { employee_number: '9999' } };
    const answer = await signInAt(town.gateway.browser(), { ca: town.ca, provider: 'city' });
    expect([answer.status, code(answer)]).toEqual([403, 'provider-account-unknown']);
    expect((await trail('SKA-1101')).at(-1)).toMatchObject({ fields: { provider: 'city', why: 'not-linked', subject: 'city-9999', count: 1 } });
  });

  it('hands an account that is linked to one subject on to no other', async () => {
    town.city.signsIn = { sub: 'city-impostor', claims: { employee_number: '1001' } };
    expect(code(await signInAt(town.gateway.browser(), { ca: town.ca, provider: 'city' }))).toBe('provider-account-unknown');
    expect((await trail('SKA-1101')).at(-1)).toMatchObject({ fields: { why: 'linked-otherwise' } });
  });

  it('hands an account that is linked at one provider on to no other one, which would speak for the first', async () => {
    town.liar.lies = { claims: { sub: 'liar-1001', employee_number: '1001' } };
    expect(code(await signInAt(town.gateway.browser(), { ca: town.ca, provider: 'liar' }))).toBe('provider-account-unknown');
    expect((await trail('SKA-1101')).at(-1)).toMatchObject({ fields: { provider: 'liar', why: 'linked-otherwise' } });
    town.liar.lies = {};
  });

  it('is refused to a suspended account', async () => {
    const person = await expected('1002');
    await town.gateway.broker.directory.disablePerson(person.id);
    town.city.signsIn = { sub: 'city-1002', claims: { employee_number: '1002' } };
    expect(code(await signInAt(town.gateway.browser(), { ca: town.ca, provider: 'city' }))).toBe('account-disabled');
  });

  it('is refused for a person of another organisation than the provider’s', async () => {
    const stranger = await town.gateway.addPerson();
    await town.gateway.database.insertInto('provider_identity').values({ id: crypto.randomUUID(), person_id: stranger.id, issuer: town.city.issuer, subject: 'city-stranger', linked_at: new Date(), linked_by: 'claim' }).execute();
    town.city.signsIn = { sub: 'city-stranger' };
    expect(code(await signInAt(town.gateway.browser(), { ca: town.ca, provider: 'city' }))).toBe('provider-account-unknown');
    expect((await trail('SKA-1101')).at(-1)).toMatchObject({ fields: { why: 'other-organisation' } });
  });
});

describe('after the word of a provider', () => {
  it('goes a recovery code as well, and then no factor is changed before one was proved', async () => {
    await town.rule({ also: '  factors: { passkeys: second-factor, re-proof: 30m, clock-alone: 24h }\n' });
    const person = await expected('1501');
    const { codes } = (await (await town.gateway.signedIn(person)).call('POST', '/api/me/recovery-codes', { json: {} })).json<{ codes: string[] }>();
    town.city.signsIn = { sub: 'city-1501', claims: { employee_number: '1501' } };
    const client = town.gateway.browser();
    expect((await signInAt(client, { ca: town.ca, provider: 'city' })).json()).toMatchObject({ next: 'totp', ways: ['totp', 'recovery-code'] });
    const done = await client.call('POST', '/api/sign-in/recovery-code', { json: { code: codes[0] } });
    expect(done.json<{ user: object }>().user).toMatchObject({ id: person.id, method: 'oidc-recovery' });
    expect((await trail('SKA-2003')).at(-1)).toMatchObject({ fields: { factors: ['identity-provider', 'recovery-code'] } });
    expect((await client.call('POST', '/api/me/recovery-codes', { json: {} })).status).toBe(403);
  });

  it('goes a passkey as well', async () => {
    const person = await expected('1502');
    const device = softwarePasskey(town.gateway.origin);
    const owner = await town.gateway.signedIn(person);
    const offered = await owner.call('POST', '/api/me/passkeys/challenge', { json: {} });
    expect((await owner.call('POST', '/api/me/passkeys', { json: { name: '庁舎の鍵', response: device.attest(offered.json()) } })).status).toBe(204);
    town.city.signsIn = { sub: 'city-1502', claims: { employee_number: '1502' } };
    const client = town.gateway.browser();
    expect((await signInAt(client, { ca: town.ca, provider: 'city' })).json()).toMatchObject({ next: 'totp', ways: ['totp', 'passkey'] });
    const asked = await client.call('POST', '/api/sign-in/passkey/challenge', { json: {} });
    const done = await client.call('POST', '/api/sign-in/passkey', { json: device.assert(asked.json()) });
    expect(done.json<{ user: object }>().user).toMatchObject({ id: person.id, method: 'oidc-passkey' });
  });
});

describe('the word of a provider for two factors', () => {
  it('stands where policy lets it, and is as old as the proof', async () => {
    const person = await expected('2001');
    await town.rule({ city: TWO_FACTORS });
    town.city.signsIn = { sub: 'city-2001', claims: { employee_number: '2001' }, acr: 'urn:example:two-factors' };
    const client = town.gateway.browser();
    const answer = await signInAt(client, { ca: town.ca, provider: 'city' });
    expect(answer.json<{ user?: object }>().user).toMatchObject({ id: person.id, method: 'oidc' });
    expect((await client.call('GET', '/api/me')).status).toBe(200);
    expect((await trail('SKA-2003')).at(-1)).toMatchObject({ fields: { factors: ['identity-provider'] } });
    expect((await trail('SKA-1103')).at(-1)).toMatchObject({ fields: { next: 'done' } });
  });

  it('stands by the methods as well, all of them together', async () => {
    await expected('2002');
    town.city.signsIn = { sub: 'city-2002', claims: { employee_number: '2002' }, amr: ['pwd', 'otp'] };
    expect((await signInAt(town.gateway.browser(), { ca: town.ca, provider: 'city' })).json()).toHaveProperty('user');
    town.city.signsIn = { sub: 'city-2002', amr: ['otp'] };
    expect((await signInAt(town.gateway.browser(), { ca: town.ca, provider: 'city' })).json()).toMatchObject({ next: 'totp' });
  });

  it('is nothing where policy does not name it', async () => {
    await town.rule({});
    town.city.signsIn = { sub: 'city-2001', acr: 'urn:example:two-factors', amr: ['pwd', 'otp'] };
    expect((await signInAt(town.gateway.browser(), { ca: town.ca, provider: 'city' })).json()).toMatchObject({ next: 'totp' });
  });
});

describe('an account that a provider makes', () => {
  const CREATE = `
        create:
          username: preferred_username
          display-name: name
          unit:
            claim: department
            units: [{ is: 防災課, path: [防災課] }]`;

  it('is in the unit that policy names, with the role of staff alone, and has to enrol a second factor', async () => {
    await town.rule({ city: CREATE });
    town.city.signsIn = { sub: 'city-3001', claims: { preferred_username: 'Tanaka.Ichiro', name: '田中 一郎', department: '防災課' } };
    const client = town.gateway.browser();
    expect((await signInAt(client, { ca: town.ca, provider: 'city' })).json()).toMatchObject({ next: 'enrol' });
    const person = await town.gateway.broker.directory.findPerson({ username: 'tanaka.ichiro' });
    expect(person).toMatchObject({ organisationId: town.organisationId, unitId: town.unitId, displayName: '田中 一郎', roles: ['staff'], hasPassword: false });
    expect((await trail('SKA-1003')).at(-1)).toMatchObject({ actor: { kind: 'system' }, fields: { personId: person!.id } });
    expect((await trail('SKA-1102')).at(-1)).toMatchObject({ fields: { personId: person!.id, by: 'creation' } });
  });

  it('is one, however many browsers come at once', async () => {
    town.city.signsIn = { sub: 'city-3002', claims: { preferred_username: 'sato', name: '佐藤', department: '防災課' } };
    const answers = await Promise.all(Array.from({ length: 6 }, () => signInAt(town.gateway.browser(), { ca: town.ca, provider: 'city' })));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(await town.gateway.database.selectFrom('provider_identity').where('subject', '=', 'city-3002').selectAll().execute()).toHaveLength(1);
  });

  it.each([
    ['a unit that policy does not name', { preferred_username: 'kato', name: '加藤', department: '財政課' }, 'unit-unknown', 'provider-account-unknown'],
    ['a username that somebody has', { preferred_username: 'sato', name: '別の佐藤', department: '防災課' }, 'username-taken', 'provider-account-unknown'],
    ['no name', { preferred_username: 'ito', department: '防災課' }, 'claims-missing', 'provider-claims-missing'],
    ['a name that is no text', { preferred_username: { $ne: 1 }, name: '伊藤', department: '防災課' }, 'claims-missing', 'provider-claims-missing'],
    ['a username that cannot be one', { preferred_username: '<script>', name: '伊藤', department: '防災課' }, 'claims-missing', 'provider-claims-missing'],
  ])('is not made with %s', async (_what, claims, why, refused) => {
    const people = await town.gateway.database.selectFrom('person').select('id').execute();
    town.city.signsIn = { sub: `city-${why}-${JSON.stringify(claims).length}`, claims };
    expect(code(await signInAt(town.gateway.browser(), { ca: town.ca, provider: 'city' }))).toBe(refused);
    expect((await trail('SKA-1101')).at(-1)).toMatchObject({ fields: { why } });
    expect(await town.gateway.database.selectFrom('person').select('id').execute()).toHaveLength(people.length);
  });
});
