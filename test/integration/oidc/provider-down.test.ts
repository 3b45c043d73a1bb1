import type { PriorityClass, Role } from '../../../broker/port.ts';
import type { Answer } from '../../support/http-client.ts';
import type { Person } from '../../support/people.ts';
import { movableClock } from '../../support/identity.ts';
import { startTownWithProviders, type TownWithProviders } from '../../support/providers/town-with-providers.ts';

/** Moved on by hand, so that what is known of a provider grows old. */
const clock = movableClock(new Date());
let town: TownWithProviders;
const people: Record<string, Person> = {};
beforeAll(async () => {
  town = await startTownWithProviders({ overrides: { clock } });
  const add = async (name: string, priority: PriorityClass, roles: Role[] = ['staff']) => {
    const { id: dutyId } = await town.gateway.broker.directory.addDuty({ organisationId: town.organisationId, name, class: priority, zone: 'internet' });
    people[name] = await town.gateway.addPerson({ roles, colleagueOf: { organisationId: town.organisationId, unitId: town.unitId, dutyId } });
  };
  await add('urgent', 'P1');
  await add('ordinary', 'P4');
  await add('administrator', 'P5', ['staff', 'system-admin']);
  people['elsewhere'] = await town.gateway.addPerson({ duty: { class: 'P5' } });
}, 120_000);
afterAll(() => town?.stop());

const code = (answer: Answer) => answer.json<{ code?: string; next?: string }>().code ?? answer.json<{ next: string }>().next;
const password = async (name: string) => code(await town.gateway.browser().call('POST', '/api/sign-in', { json: { username: people[name]!.username, password: people[name]!.password } }));
const all = async () => Object.fromEntries(await Promise.all(Object.keys(people).map(async (name) => [name, await password(name)])));
const listed = async () => (await town.gateway.browser().call('GET', '/api/sign-in/providers')).json<{ required: boolean; items: { id: string; state: string; name: string }[] }>();
/** Past the time for which what was known is believed. */
const later = () => clock.forward(300);

describe('where providers are offered and not the rule', () => {
  it('everybody may use the password, whether they answer or not', async () => {
    expect(await all()).toEqual({ urgent: 'totp', ordinary: 'totp', administrator: 'totp', elsewhere: 'totp' });
    expect(await listed()).toEqual({ next: null, required: false, items: [{ id: 'city', name: '庁内認証', state: 'up' }, { id: 'liar', name: '県の認証', state: 'up' }] });
  });
});

describe('where they are the rule', () => {
  it('the password is for those whom policy names, while a provider answers', async () => {
    await town.rule({ required: true });
    expect(await all()).toEqual({ urgent: 'provider-required', ordinary: 'provider-required', administrator: 'totp', elsewhere: 'totp' });
    const rows = await town.gateway.database.selectFrom('audit_record').select('body').where('code', '=', 'SKA-1105').execute();
    const told = rows.map(({ body }) => JSON.parse(body.toString()) as { actor: { personId: string }; fields: object }).find(({ actor }) => actor.personId === people['ordinary']!.id);
    expect(told).toMatchObject({ organisationId: town.organisationId, fields: { why: 'provider-required' } });
  });

  it('and a wrong password says nothing of it', async () => {
    const answer = await town.gateway.browser().call('POST', '/api/sign-in', { json: { username: people['ordinary']!.username, password: 'a wrong one, surely' } });
    expect(code(answer)).toBe('credentials-wrong');
  });

  it('one provider that still answers is enough', async () => {
    await town.liar.stop();
    later();
    expect((await listed()).items.map(({ state }) => state)).toEqual(['up', 'down']);
    expect(await password('urgent')).toBe('provider-required');
  });

  it('opens for urgent duties when none answers, and says so to the others', async () => {
    await town.city.stop();
    later();
    expect(await all()).toEqual({ urgent: 'totp', ordinary: 'provider-down-for-class', administrator: 'totp', elsewhere: 'totp' });
    expect((await listed()).items.map(({ state }) => state)).toEqual(['down', 'down']);
    const begun = await town.gateway.browser().call('POST', '/api/sign-in/provider', { json: { provider: 'city', returnTo: '/' } });
    expect([begun.status, code(begun)]).toEqual([503, 'provider-unavailable']);
    // The way in is whole: the second factor as ever.
    const client = await town.gateway.signedIn(people['urgent']!);
    expect((await client.call('GET', '/api/me')).json()).toMatchObject({ method: 'password-totp' });
  });

  it('does not wait for a provider that was silent a moment ago', async () => {
    const begun = performance.now();
    await listed();
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('closes again when one is back', async () => {
    await town.city.start();
    clock.forward(10);
    // Whoever goes there tries it, without waiting for the next look.
    expect((await town.gateway.browser().call('POST', '/api/sign-in/provider', { json: { provider: 'city', returnTo: '/' } })).status).toBe(200);
    expect(await password('urgent')).toBe('provider-required');
  });

  it('a policy that cannot be read leaves the password, and no provider', async () => {
    await town.rule({ required: true, none: true });
    expect(await password('ordinary')).toBe('totp');
    expect(code(await town.gateway.browser().call('POST', '/api/sign-in/provider', { json: { provider: 'city', returnTo: '/' } }))).toBe('policy-missing');
  });
});
