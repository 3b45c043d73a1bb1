import { Situation, Succession, User, ZoneException } from '../../../gateway/http/schemas/index.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { HttpClient } from '../../support/http-client.ts';
import type { Person } from '../../support/people.ts';

/** Real time and what was put to it. */
let ahead = 0;
const clock = { now: () => new Date(Date.now() + ahead) };

let gateway: TestGateway;
let clients: Record<'member' | 'administrator' | 'authority', HttpClient>;
let member: Person;
beforeAll(async () => {
  gateway = await startGateway({ overrides: { clock } });
  member = await gateway.addPerson();
  const [administrator, authority] = [await gateway.addPerson({ roles: ['bcp-admin'], colleagueOf: member }), await gateway.addPerson({ roles: ['activation-authority'], colleagueOf: member })];
  clients = { member: await gateway.signedIn(member), administrator: await gateway.signedIn(administrator), authority: await gateway.signedIn(authority) };
}, 90_000);
afterAll(() => gateway?.stop());

const told = (answer: { status: number; json(): Record<string, unknown> }) => [answer.status, answer.json().code];
const allowed = async () => User.strict().parse((await clients.member.call('GET', '/api/me')).json()).may;
const view = (answer: { json(): unknown }) => Succession.strict().parse(answer.json());
const proposed = async () => (await clients.administrator.call('POST', '/api/level/proposals', { json: { level: '2', event: 'earthquake', onset: new Date(clock.now().getTime() - 600_000).toISOString(), reason: '地震' } })).json<{ id: string }>().id;

it('a deputy sees, approves and stops by the very sign-in that had no right before, and only for as long as it lasts', async () => {
  expect(told(await clients.member.call('GET', '/api/succession'))).toEqual([403, 'forbidden']);
  expect(await allowed()).not.toContain('level.view');
  const waiting = view(await clients.administrator.call('POST', '/api/succession/orders', { json: { people: [member.id], reason: '毎年の見直し' } }));
  const [order] = waiting.proposals;
  expect(order).toMatchObject({ own: true, people: [{ id: member.id }] });
  expect(view(await clients.authority.call('POST', `/api/succession/orders/${order!.id}/approval`, { json: {} })).order).toMatchObject([{ id: member.id }]);
  expect((await allowed()).filter((action) => /^(?:level|deputies|succession|exceptions)\./u.test(action)).toSorted()).toEqual(['deputies.declare', 'level.view']);

  const proposal = await proposed();
  expect(told(await clients.member.call('POST', `/api/level/proposals/${proposal}/approval`, { json: {} }))).toEqual([403, 'forbidden']);
  const begun = view(await clients.member.call('POST', '/api/deputyships/declaration', { json: { reason: '市長と連絡が取れない', until: new Date(clock.now().getTime() + 3_600_000).toISOString() } }));
  expect(begun).toMatchObject({ deputyship: { own: true, how: 'declared', deputy: { id: member.id } }, may: { propose: false, approve: false, handOver: false, declare: false, endDeputyship: true } });
  expect((await allowed()).filter((action) => /^(?:level|deputies|succession|exceptions)\./u.test(action)).toSorted()).toEqual(['deputies.declare', 'exceptions.agree', 'exceptions.view', 'level.approve', 'level.view']);
  expect(Situation.strict().parse((await clients.member.call('GET', '/api/level')).json()).may).toEqual({ propose: false, approve: true, tighten: false, provisional: false });
  expect((await clients.member.call('POST', `/api/level/proposals/${proposal}/approval`, { json: {} })).status).toBe(200);
  for (const [method, path, json] of [
    ['POST', '/api/level/tightening', { level: '0', reason: 'x' }],
    ['POST', '/api/deputyships', { deputyId: member.id, reason: 'x' }],
    ['POST', '/api/succession/orders', { people: [], reason: 'x' }],
    ['DELETE', `/api/level/proposals/${proposal}`, undefined],
  ] as const)
    expect([path, ...told(await clients.member.call(method, path, json ? { json } : {}))]).toEqual([path, 403, 'forbidden']);

  // Once its time is over, the same sign-in has no right any more.
  await clients.authority.call('POST', '/api/level/tightening', { json: { level: '0', reason: '終息' } });
  expect(view(await clients.administrator.call('GET', '/api/succession')).deputyship).toBeUndefined();
  await clients.member.call('POST', '/api/deputyships/declaration', { json: { reason: '再び不在', until: new Date(clock.now().getTime() + 100_000).toISOString() } });
  const later = await proposed();
  ahead += 100_000;
  expect(told(await clients.member.call('POST', `/api/level/proposals/${later}/approval`, { json: {} }))).toEqual([403, 'forbidden']);
  expect(await allowed()).not.toContain('level.approve');
});

it('an exception goes its way over HTTP, with the person and the duty that were named and no other', async () => {
  const { database } = gateway;
  const duty = crypto.randomUUID();
  await database.insertInto('duty').values({ id: duty, organisation_id: member.organisationId, name: '住民基本台帳', priority_class: 'P1', zone: 'my-number', created_at: clock.now() }).execute();
  await database.insertInto('duty_assignment').values({ duty_id: duty, person_id: member.id, organisation_id: member.organisationId, assigned_at: clock.now() }).execute();
  expect((await clients.administrator.call('GET', '/api/exceptions/candidates')).json()).toMatchObject({ items: [{ id: member.id, duties: [{ id: duty }] }] });
  const asked = await clients.administrator.call('POST', '/api/exceptions', { json: { personId: member.id, dutyId: duty, seconds: 3_600, reason: '証明書の発行' } });
  expect(asked.status).toBe(201);
  const { id, may } = ZoneException.strict().parse(asked.json());
  expect(may).toEqual({ agree: false, end: true });
  expect(told(await clients.administrator.call('POST', `/api/exceptions/${id}/agreement`, { json: {} }))).toEqual([403, 'forbidden']);
  expect(ZoneException.strict().parse((await clients.authority.call('POST', `/api/exceptions/${id}/agreement`, { json: {} })).json())).toMatchObject({ state: 'holds', asDeputy: false });
  expect((await clients.authority.call('GET', '/api/exceptions?open=yes')).json()).toMatchObject({ items: [{ id }], next: null });
  expect(ZoneException.strict().parse((await clients.administrator.call('POST', `/api/exceptions/${id}/end`, { json: { reason: '用が済んだ' } })).json())).toMatchObject({ state: 'ended', endReason: '用が済んだ' });
  expect(told(await clients.administrator.call('POST', `/api/exceptions/${id}/end`, { json: { reason: 'もう一度' } }))).toEqual([409, 'exception-closed']);
  expect((await clients.administrator.call('POST', '/api/exceptions', { json: { personId: member.id, dutyId: duty, seconds: 28_801, reason: 'x' } })).status).toBe(400);
});
