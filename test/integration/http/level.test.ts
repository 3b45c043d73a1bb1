import { LevelEffect, LevelHistory, LevelProposal, Problem, Situation, StepUpDone, User } from '../../../gateway/http/schemas/index.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { HttpClient } from '../../support/http-client.ts';
import type { Person } from '../../support/people.ts';

/** Real time and what was put to it. */
let ahead = 0;
const clock = { now: () => new Date(Date.now() + ahead) };

let gateway: TestGateway;
let staff: HttpClient;
let administrator: HttpClient;
let authority: HttpClient;
let people: Record<'administrator' | 'authority', Person>;
beforeAll(async () => {
  gateway = await startGateway({ overrides: { clock } });
  const member = await gateway.addPerson();
  people = {
    administrator: await gateway.addPerson({ roles: ['bcp-admin'], colleagueOf: member }),
    authority: await gateway.addPerson({ roles: ['activation-authority'], colleagueOf: member }),
  };
  [staff, administrator, authority] = [await gateway.signedIn(member), await gateway.signedIn(people.administrator), await gateway.signedIn(people.authority)];
});
afterAll(() => gateway?.stop());

const proposal = (level = '2') => ({ level, event: 'earthquake', onset: new Date(clock.now().getTime() - 600_000).toISOString(), reason: '震度6強の地震\n庁舎に入れない' });
const told = (answer: { status: number; json(): Record<string, unknown> }) => [answer.status, answer.json().code];
const levelOf = async (client: HttpClient) => User.strict().parse((await client.call('GET', '/api/me')).json()).level;

describe('the level', () => {
  it('is raised by two people, shown to everybody, and lowered by one', async () => {
    expect(await levelOf(staff)).toEqual({ number: 0, level: '0' });
    const effect = LevelEffect.strict().parse((await administrator.call('GET', '/api/level/effect?level=2&provisional=no')).json());
    expect(effect).toMatchObject({ level: '2', sessionsEnding: 0 });

    const proposed = await administrator.call('POST', '/api/level/proposals', { json: proposal() });
    expect([proposed.status, proposed.text]).toEqual([201, expect.any(String)]);
    const { id, own, until } = LevelProposal.strict().parse(proposed.json());
    expect(own).toBe(true);
    expect(await levelOf(staff)).toEqual({ number: 0, level: '0' });
    expect(told(await administrator.call('POST', `/api/level/proposals/${id}/approval`, { json: {} }))).toEqual([403, 'forbidden']);

    const seen = Situation.strict().parse((await authority.call('GET', '/api/level')).json());
    expect(seen).toMatchObject({ inForce: { level: '0' }, proposals: [{ id, own: false, level: '2' }], may: { approve: true } });
    const approved = Situation.strict().parse((await authority.call('POST', `/api/level/proposals/${id}/approval`, { json: {} })).json());
    expect(approved).toMatchObject({ inForce: { level: '2', event: 'earthquake', until }, proposals: [] });
    expect(await levelOf(staff)).toMatchObject({ number: 1, level: '2', reason: '震度6強の地震 庁舎に入れない', until });
    expect(told(await authority.call('POST', `/api/level/proposals/${id}/approval`, { json: {} }))).toEqual([409, 'proposal-closed']);

    expect(told(await administrator.call('POST', '/api/level/tightening', { json: { level: '3', reason: '強める' } }))).toEqual([409, 'level-not-tighter']);
    const lowered = await administrator.call('POST', '/api/level/tightening', { json: { level: '0', reason: '落ち着いた' } });
    expect(Situation.strict().parse(lowered.json()).inForce).toMatchObject({ number: 2, level: '0' });
    const { items } = LevelHistory.strict().parse((await authority.call('GET', '/api/level/history?limit=1')).json());
    expect(items).toMatchObject([{ number: 2, how: 'tightened' }]);
  });

  it('is neither seen in detail nor changed by staff', async () => {
    for (const [method, path, json] of [['GET', '/api/level'], ['GET', '/api/level/history'], ['POST', '/api/level/proposals', proposal()], ['POST', '/api/level/tightening', { level: '0', reason: 'x' }]] as const) {
      expect([path, ...told(await staff.call(method, path, json ? { json } : {}))]).toEqual([path, 403, 'forbidden']);
    }
  });

  it('is not approved by whoever proposed it', async () => {
    const { id } = LevelProposal.parse((await authority.call('POST', '/api/level/proposals', { json: proposal('1') })).json());
    expect(told(await authority.call('POST', `/api/level/proposals/${id}/approval`, { json: {} }))).toEqual([403, 'own-proposal']);
    const provisional = Situation.strict().parse((await authority.call('POST', `/api/level/proposals/${id}/provisional`, { json: {} })).json());
    expect(provisional.inForce).toMatchObject({ level: '0', provisional: { level: '1' } });
    expect(await levelOf(staff)).toMatchObject({ level: '0', provisional: { level: '1' } });
  });
});

describe('a second factor that is no longer fresh', () => {
  it('is asked for again, and then the call goes through', async () => {
    ahead += 11 * 60_000;
    const refused = await administrator.call('POST', '/api/level/proposals', { json: proposal('3') });
    expect(Problem.strict().parse(refused.json())).toMatchObject({ status: 403, code: 'step-up-required', support: 'SEK-1401', title: 'もう一度、本人確認が必要です' });

    expect(told(await administrator.call('POST', '/api/me/step-up', { json: { code: '000000' } }))).toEqual([401, 'one-time-code-wrong']);
    const stepped = await administrator.call('POST', '/api/me/step-up', { json: { code: gateway.oneTimeCode(people.administrator) } });
    const { freshUntil } = StepUpDone.strict().parse(stepped.json());
    expect(Date.parse(freshUntil)).toBeGreaterThan(clock.now().getTime());
    expect(User.parse((await administrator.call('GET', '/api/me')).json()).provedAt).not.toBe(User.parse((await authority.call('GET', '/api/me')).json()).provedAt);

    expect((await administrator.call('POST', '/api/level/proposals', { json: proposal('3') })).status).toBe(201);
    expect(told(await administrator.call('POST', '/api/me/step-up', { json: { code: gateway.oneTimeCode(people.administrator) } }))).toEqual([401, 'one-time-code-used']);
  });
});
