// Roles that follow from what an identity provider says of a person, at each sign-in.
import type { Person } from '../../support/people.ts';
import { startTownWithProviders, type TownWithProviders } from '../../support/providers/town-with-providers.ts';
import { signInAt } from '../../support/providers/walk.ts';

let town: TownWithProviders;
beforeAll(async () => {
  town = await startTownWithProviders();
}, 120_000);
afterAll(() => town?.stop());

const GROUPS = `
        link: { claim: employee_number }
        roles:
          - { claim: groups, is: 避難所運営, role: shelter-manager }
          - { claim: groups, is: 監査委員, role: auditor }
          - { claim: title, is: 課長, role: unit-head }`;

let number = 4_000;
async function expected(): Promise<{ person: Person; says(claims: Record<string, unknown>): Promise<number> }> {
  number += 1;
  const name = `${number}`;
  const { id: dutyId } = await town.gateway.broker.directory.addDuty({ organisationId: town.organisationId, name: `窓口 ${name}`, class: 'P2', zone: 'internet' });
  const person = await town.gateway.addPerson({ colleagueOf: { organisationId: town.organisationId, unitId: town.unitId, dutyId } });
  await town.gateway.database.insertInto('provider_name').values({ person_id: person.id, organisation_id: town.organisationId, name }).execute();
  return {
    person,
    async says(claims) {
      town.city.signsIn = { sub: `city-${name}`, claims: { employee_number: name, ...claims } };
      return (await signInAt(town.gateway.browser(), { ca: town.ca, provider: 'city' })).status;
    },
  };
}
const grants = async ({ id }: Person) =>
  (await town.gateway.database.selectFrom('role_grant').where('person_id', '=', id).select(['role', 'unit_id as unitId', 'provider']).orderBy('role').execute()).map(({ role, unitId, provider }) => `${role}${unitId === null ? '' : ' of a unit'}${provider === null ? '' : ` by ${provider}`}`);
const told = async (code: string, { id }: Person) => {
  const rows = await town.gateway.database.selectFrom('audit_record').select('body').where('code', '=', code).orderBy('at').execute();
  return rows.map(({ body }) => JSON.parse(body.toString()) as { actor: object; fields: Record<string, unknown> }).filter(({ fields }) => fields['personId'] === id);
};
const [GRANTED, REVOKED, NOT_GIVEN] = ['SKA-1006', 'SKA-1013', 'SKA-1108'];

describe('roles that follow from claims', () => {
  it('are given at the sign-in, taken away at the next one that says otherwise, and both are on the trail', async () => {
    await town.rule({ city: GROUPS });
    const { person, says } = await expected();
    expect(await says({ groups: ['避難所運営', 'ほか'], title: '課長' })).toBe(200);
    expect(await grants(person)).toEqual(['shelter-manager by city', 'staff', 'unit-head of a unit by city']);
    expect((await told(GRANTED, person)).slice(-2)).toMatchObject([{ actor: { kind: 'system' }, fields: { role: 'shelter-manager' } }, { actor: { kind: 'system' }, fields: { role: 'unit-head', unitId: town.unitId } }]);
    await says({ groups: '避難所運営' });
    expect(await grants(person)).toEqual(['shelter-manager by city', 'staff']);
    expect(await told(REVOKED, person)).toMatchObject([{ actor: { kind: 'system' }, fields: { role: 'unit-head' } }]);
    await says({});
    expect(await grants(person)).toEqual(['staff']);
  });

  it('leave alone what a person gave, the same role too', async () => {
    await town.rule({ city: GROUPS });
    const { person, says } = await expected();
    await town.gateway.broker.directory.grantRole({ personId: person.id, role: 'auditor' });
    await says({ groups: ['監査委員'] });
    await says({});
    expect(await grants(person)).toEqual(['auditor', 'staff']);
  });

  it('are kept once an administrator gives them too, and follow the claims again after they were taken away', async () => {
    await town.rule({ city: GROUPS });
    const { person, says } = await expected();
    await says({ groups: ['監査委員', '避難所運営'] });
    const admin = await town.gateway.signedIn(await town.gateway.addPerson({ roles: ['system-admin'], colleagueOf: person }));
    expect((await told(GRANTED, person)).slice(-2)).toMatchObject([{ fields: { role: 'shelter-manager', provider: 'city' } }, { fields: { role: 'auditor', provider: 'city' } }]);
    const kept = await admin.call('POST', `/api/people/${person.id}/roles`, { json: { role: 'auditor', unitId: null } });
    expect([kept.status, kept.json()]).toMatchObject([200, { grants: [{ role: 'auditor', provider: null, grantedBy: expect.any(String) }, { role: 'shelter-manager', provider: 'city' }, { role: 'staff' }] }]);
    expect((await told(GRANTED, person)).at(-1)).toMatchObject({ actor: { kind: 'person' }, fields: { role: 'auditor' } });
    await says({ groups: ['避難所運営'] });
    expect(await grants(person)).toEqual(['auditor', 'shelter-manager by city', 'staff']);
    const { id } = kept.json<{ grants: { id: string }[] }>().grants[0]!;
    expect((await admin.call('DELETE', `/api/people/${person.id}/roles/${id}`)).status).toBe(200);
    await says({ groups: ['監査委員'] });
    expect(await grants(person)).toEqual(['auditor by city', 'staff']);
    expect((await told(REVOKED, person)).at(-1)).toMatchObject({ actor: { kind: 'system' }, fields: { role: 'shelter-manager', provider: 'city' } });
  });

  it('are none of a file’s to take away; one that names them keeps them', async () => {
    await town.rule({ city: GROUPS });
    const { person, says } = await expected();
    await says({ groups: ['監査委員', '避難所運営'] });
    const admin = await town.gateway.signedIn(await town.gateway.addPerson({ roles: ['system-admin'], colleagueOf: person }));
    const { text } = await admin.call('GET', '/api/imports/people/rows.csv');
    const [header, ...rows] = text.slice(1).trimEnd().split('\r\n');
    const own = rows.find((row) => row.split(',').includes(person.username))!;
    expect(own).not.toMatch(/監査|避難所/u);
    const importing = async (row: string) => {
      const csv = [header, row].join('\r\n');
      const preview = (await admin.call('POST', '/api/imports/people/preview', { json: { csv } })).json<{ changed: number; digest: string; errors: unknown[] }>();
      expect(preview.errors).toEqual([]);
      expect((await admin.call('POST', '/api/imports/people', { json: { csv, digest: preview.digest } })).status).toBe(200);
      return preview.changed;
    };
    expect(await importing(own)).toBe(0);
    expect(await importing(own.replace(',職員,', ',職員;監査人,'))).toBe(1);
    expect(await grants(person)).toEqual(['auditor', 'shelter-manager by city', 'staff']);
    expect(await importing(own)).toBe(1);
    expect(await grants(person)).toEqual(['shelter-manager by city', 'staff']);
  });

  it('are not given beside a role that they exclude, which is told, and the sign-in goes on', async () => {
    await town.rule({ city: GROUPS });
    const { person, says } = await expected();
    await town.gateway.broker.directory.grantRole({ personId: person.id, role: 'system-admin' });
    expect(await says({ groups: ['監査委員', '避難所運営'] })).toBe(200);
    expect(await grants(person)).toEqual(['shelter-manager by city', 'staff', 'system-admin']);
    expect(await told(NOT_GIVEN, person)).toMatchObject([{ fields: { provider: 'city', role: 'auditor', excludedBy: 'system-admin' } }]);
  });

  it('go where policy no longer maps them', async () => {
    await town.rule({ city: GROUPS });
    const { person, says } = await expected();
    await says({ groups: ['避難所運営'] });
    await town.rule({});
    await says({ groups: ['避難所運営'] });
    expect(await grants(person)).toEqual(['staff']);
  });

  it('are given once, however many browsers come at once', async () => {
    await town.rule({ city: GROUPS });
    const { person, says } = await expected();
    expect(await Promise.all(Array.from({ length: 6 }, () => says({ groups: ['避難所運営'] })))).toEqual(Array(6).fill(200));
    expect(await grants(person)).toEqual(['shelter-manager by city', 'staff']);
  });

  it('are not an administrator’s to take away, who is told where they come from; taking the link away takes them along', async () => {
    await town.rule({ city: GROUPS });
    const { person, says } = await expected();
    await says({ groups: ['避難所運営'] });
    const admin = await town.gateway.signedIn(await town.gateway.addPerson({ roles: ['system-admin'], colleagueOf: person }));
    const shown = (await admin.call('GET', `/api/people/${person.id}`)).json<{ grants: { id: string; role: string; provider: string | null }[] }>().grants;
    expect(shown).toMatchObject([{ role: 'shelter-manager', provider: 'city' }, { role: 'staff', provider: null }]);
    const answer = await admin.call('DELETE', `/api/people/${person.id}/roles/${shown[0]!.id}`);
    expect([answer.status, answer.json()]).toMatchObject([409, { code: 'role-by-provider' }]);
    // A provider that the policy no longer lets give it would never take it away.
    await town.rule({});
    expect((await admin.call('DELETE', `/api/people/${person.id}/roles/${shown[0]!.id}`)).status).toBe(200);
    await town.rule({ city: GROUPS });
    await says({ groups: ['避難所運営'] });
    expect((await admin.call('DELETE', `/api/people/${person.id}/provider`)).status).toBe(200);
    expect(await grants(person)).toEqual(['staff']);
    expect((await told(REVOKED, person)).at(-1)).toMatchObject({ actor: { kind: 'person' }, fields: { role: 'shelter-manager' } });
  });

  it.each(['bcp-admin', 'activation-authority', 'security-officer', 'system-admin'] as const)('never are one that approves, ends or gives: %s', async (role) => {
    const { person } = await expected();
    const insert = town.gateway.database.insertInto('role_grant').values({ id: crypto.randomUUID(), person_id: person.id, organisation_id: town.organisationId, role, unit_id: null, granted_by: null, granted_at: new Date(), provider: 'city' }).execute();
    await expect(insert).rejects.toMatchObject({ constraint: 'role_grant_by_provider' });
    await town.rule({ city: `${GROUPS}\n          - { claim: groups, is: x, role: ${role} }` });
    expect((await town.gateway.browser().call('GET', '/api/sign-in/providers')).json<{ items: unknown[] }>().items).toEqual([]);
  });
});
