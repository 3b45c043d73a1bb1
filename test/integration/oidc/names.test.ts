import type { Answer, HttpClient } from '../../support/http-client.ts';
import type { Person } from '../../support/people.ts';
import { signInAt } from '../../support/providers/walk.ts';
import { startTownWithProviders, type TownWithProviders } from '../../support/providers/town-with-providers.ts';

let town: TownWithProviders;
let administrator: HttpClient;
const people: Person[] = [];
beforeAll(async () => {
  town = await startTownWithProviders();
  const { id: dutyId } = await town.gateway.broker.directory.addDuty({ organisationId: town.organisationId, name: '窓口', class: 'P2', zone: 'internet' });
  const colleagueOf = { organisationId: town.organisationId, unitId: town.unitId, dutyId };
  for (let count = 0; count < 3; count += 1) people.push(await town.gateway.addPerson({ colleagueOf }));
  administrator = await town.gateway.signedIn(await town.gateway.addPerson({ roles: ['system-admin'], colleagueOf }));
}, 120_000);
afterAll(() => town?.stop());

const code = (answer: Answer) => answer.json<{ code?: string }>().code;
const give = ({ id }: Person, name: string) => administrator.call('PUT', `/api/people/${id}/provider`, { json: { name } });
const come = (sub: string, number: string, client = town.gateway.browser()) => {
  town.city.signsIn = { sub, claims: { employee_number: number } };
  return signInAt(client, { ca: town.ca, provider: 'city' });
};

it('a name that an administrator gives lets the provider link the account, in whatever width it was typed', async () => {
  const [one] = people as [Person];
  expect(code(await come('s-1', 'E-1'))).toBe('provider-account-unknown');
  expect((await give(one, ' Ｅ-１ ')).json()).toEqual({ name: 'E-1', linked: [] });
  expect((await come('s-1', 'E-1')).json()).toMatchObject({ next: 'totp' });
  const shown = (await administrator.call('GET', `/api/people/${one.id}/provider`)).json<{ linked: object[] }>();
  expect(shown.linked).toEqual([{ issuer: town.city.issuer, linkedBy: 'claim', linkedAt: expect.any(String) }]);
});

it('a name is one person’s, also of two who are given it at once', async () => {
  const [, two, three] = people as [Person, Person, Person];
  const answers = await Promise.all([give(two, 'E-2'), give(three, 'E-2')]);
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
  expect(answers.map(code).filter((one) => one !== undefined)).toEqual(['provider-name-taken']);
});

it('taking the link away ends the sign-ins, and the subject finds nobody any more', async () => {
  const [one] = people as [Person];
  const client = town.gateway.browser();
  expect((await come('s-1', 'E-1', client)).status).toBe(200);
  expect((await client.call('POST', '/api/sign-in/totp', { json: { code: town.gateway.oneTimeCode(one) } })).status).toBe(200);
  expect((await administrator.call('DELETE', `/api/people/${one.id}/provider`)).json()).toEqual({ name: null, linked: [] });
  expect((await client.call('GET', '/api/me')).status).toBe(401);
  expect(code(await come('s-1', 'E-1'))).toBe('provider-account-unknown');
  const rows = await town.gateway.database.selectFrom('audit_record').select(['code', 'body']).where('code', 'in', ['SKA-1106', 'SKA-1107']).orderBy('at').execute();
  const told = rows.map(({ code: number, body }) => [number, (JSON.parse(body.toString()) as { fields: { personId: string } }).fields.personId]).filter(([, personId]) => personId === one.id);
  expect(told.map(([number]) => String(number)).toSorted((one, other) => one.localeCompare(other))).toEqual(['SKA-1106', 'SKA-1106', 'SKA-1107']);
});

it('an old second factor gives nobody a name', async () => {
  const [one] = people as [Person];
  await town.gateway.database.updateTable('sign_in').set({ proved_at: new Date(Date.now() - 3_600_000) }).where('ended_at', 'is', null).execute();
  expect(code(await give(one, 'E-9'))).toBe('step-up-required');
  expect(code(await administrator.call('DELETE', `/api/people/${one.id}/provider`))).toBe('step-up-required');
});
