import { DesktopList, EntryStop, EntryStopped, Lease, PolicyInForce, PoolList, Problem, SessionList, SessionsSummary, Timeline, User } from '../../../gateway/http/schemas/index.ts';
import { addDesktop } from '../../support/add-desktop.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { HttpClient } from '../../support/http-client.ts';
import type { Person } from '../../support/people.ts';

let gateway: TestGateway;
let member: Person;
let staff: HttpClient;
let officer: HttpClient;
let authority: HttpClient;
let organisation: string;
beforeAll(async () => {
  gateway = await startGateway();
  member = await gateway.addPerson({ displayName: '職員 花子' });
  staff = await gateway.signedIn(member);
  officer = await gateway.signedIn(await gateway.addPerson({ displayName: '保安 一郎', roles: ['security-officer'], colleagueOf: member }));
  authority = await gateway.signedIn(await gateway.addPerson({ displayName: '発動 次郎', roles: ['activation-authority'], colleagueOf: member }));
  organisation = User.parse((await staff.call('GET', '/api/me')).json()).organisation;
});
afterAll(() => gateway?.stop());

const told = (answer: { status: number; json(): Record<string, unknown> }) => [answer.status, answer.json().code];
const open = async () => {
  const desktopId = await addDesktop(gateway.broker, member);
  const answer = await staff.call('POST', '/api/leases', { json: { desktopId, dutyId: member.dutyId } });
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return Lease.strict().parse(answer.json());
};
const sessions = async (query: string) => SessionList.strict().parse((await officer.call('GET', `/api/sessions?${query}`)).json());

describe('an officer', () => {
  it('finds sessions by whatever is known of them, and looks closely at one', async () => {
    const lease = await open();
    const filters = ['state=live', `personId=${member.id}`, `person=${encodeURIComponent('花子')}`, `desktopId=${lease.desktopId}`, `desktop=${encodeURIComponent('総務')}`, `dutyId=${member.dutyId}`, `unitId=${member.unitId}`, 'outcome=admit', 'from=2026-01-01T00:00:00Z', 'refresh=yes'];
    for (const filter of filters) expect([filter, (await sessions(filter)).items.map(({ id }) => id)]).toEqual([filter, expect.arrayContaining([lease.id])]);
    for (const filter of ['state=past', `personId=${member.unitId}`, 'person=nobody', `desktopId=${member.id}`, 'outcome=refuse', 'to=2026-01-01T00:00:00Z', 'reason=desktop-in-use']) expect([filter, (await sessions(filter)).items.map(({ id }) => id)]).toEqual([filter, expect.not.arrayContaining([lease.id])]);

    const timeline = Timeline.strict().parse((await officer.call('GET', `/api/sessions/${lease.id}`)).json());
    expect(timeline).toMatchObject({ session: { id: lease.id, person: { displayName: '職員 花子' }, state: 'granted' }, policyVersion: expect.stringMatching(/^[0-9a-f]{64}$/), mayEnd: true });
    expect(timeline.events.length).toBeGreaterThan(0);
    expect(SessionsSummary.strict().parse((await officer.call('GET', '/api/sessions/summary')).json())).toMatchObject({ stops: [] });
  });

  it('is shown them page by page, the newest first', async () => {
    const ids = [(await open()).id, (await open()).id, (await open()).id].toReversed();
    const first = await sessions(`personId=${member.id}&limit=2`);
    const second = await sessions(`personId=${member.id}&limit=2&cursor=${encodeURIComponent(first.next!)}`);
    expect([...first.items, ...second.items].map(({ id }) => id).slice(0, 3)).toEqual(ids);
  });

  it('ends one with a reason, once', async () => {
    const lease = await open();
    expect(told(await officer.call('POST', `/api/sessions/${lease.id}/end`, { json: { reason: ' ' } }))).toEqual([400, 'request-invalid']);
    expect((await officer.call('POST', `/api/sessions/${lease.id}/end`, { json: { reason: '紛失した端末から' } })).status).toBe(204);
    expect((await officer.call('POST', `/api/sessions/${lease.id}/end`, { json: { reason: 'もう一度' } })).status).toBe(204);
    expect(Lease.strict().parse((await staff.call('GET', `/api/leases/${lease.id}`)).json())).toMatchObject({ state: 'ended', endedBecause: 'ended-by-officer' });
    expect((await sessions('state=past&reason=ended-by-officer')).items.map(({ id }) => id)).toContain(lease.id);
  });

  it('sends everybody away by typing the name, and two people let them in again', async () => {
    const lease = await open();
    const slip = await officer.call('POST', '/api/entry-stops', { json: { unitId: member.unitId, reason: '侵入の疑い', confirm: '防災課' } });
    expect(Problem.strict().parse(slip.json()).fields).toEqual([{ path: 'confirm', expected: expect.stringContaining('総務課') }]);
    expect((await staff.call('GET', `/api/leases/${lease.id}`)).json()).toMatchObject({ state: 'granted' });

    const stopped = await officer.call('POST', '/api/entry-stops', { json: { unitId: member.unitId, reason: '侵入の疑い', confirm: '総務課 ' } });
    const { stop, ended } = EntryStopped.strict().parse(stopped.json());
    expect(ended).toBeGreaterThan(0);
    expect(stop).toMatchObject({ unit: { id: member.unitId }, reason: '侵入の疑い' });
    expect((await staff.call('GET', `/api/leases/${lease.id}`)).json()).toMatchObject({ state: 'ended' });
    const refused = Problem.strict().parse((await staff.call('POST', '/api/leases', { json: { desktopId: lease.desktopId, dutyId: member.dutyId } })).json());
    expect(refused).toMatchObject({ code: 'entry-stopped', support: 'SEK-1221', outcome: 'refuse' });

    const asked = EntryStop.strict().parse((await officer.call('POST', `/api/entry-stops/${stop.id}/release`, { json: { reason: '確認した' } })).json());
    expect(asked.release).toMatchObject({ own: true });
    expect(told(await officer.call('POST', `/api/entry-stops/${stop.id}/release/agreement`, { json: {} }))).toEqual([403, 'own-proposal']);
    const released = EntryStop.strict().parse((await authority.call('POST', `/api/entry-stops/${stop.id}/release/agreement`, { json: {} })).json());
    expect(released.releasedAt).toBeDefined();
    expect((await staff.call('POST', '/api/leases', { json: { desktopId: lease.desktopId, dutyId: member.dutyId } })).status).toBe(201);
    expect(organisation).toMatch(/^みほん市/);
  });
});

describe('a refusal', () => {
  it('says what would help, in the person\'s language', async () => {
    const duty = await gateway.broker.directory.addDuty({ organisationId: member.organisationId, name: '住民記録', class: 'P3', zone: 'lgwan' });
    await gateway.broker.directory.assignDuty({ personId: member.id, dutyId: duty.id });
    const again = await gateway.signedIn(member, 1);
    const desktopId = await addDesktop(gateway.broker, member);
    const problem = Problem.strict().parse((await again.call('POST', '/api/leases', { json: { desktopId, dutyId: duty.id } })).json());
    expect(problem).toMatchObject({ outcome: 'refuse', code: 'registered-device-required' });
    expect(problem.help).toContainEqual({ kind: 'level', level: '2', text: '継続レベルが2（BCP発動）以上になると利用できます。' });
    for (const { text } of problem.help!) expect(text).toMatch(/。$/);
  });

  it('of what is neither a desktop nor a pool, or both, names the field', async () => {
    for (const json of [{ dutyId: member.dutyId }, { desktopId: member.id, poolId: member.id, dutyId: member.dutyId }]) {
      const problem = Problem.strict().parse((await staff.call('POST', '/api/leases', { json })).json());
      expect([problem.code, problem.fields]).toEqual(['request-invalid', [{ path: 'desktopId', expected: 'desktopId と poolId のどちらか一つだけを指定してください。' }]]);
    }
  });
});

describe('everybody of the staff', () => {
  it('is shown the own desktops and pools', async () => {
    expect(DesktopList.strict().parse((await staff.call('GET', '/api/desktops')).json()).items.length).toBeGreaterThan(0);
    expect(PoolList.strict().parse((await staff.call('GET', '/api/pools')).json()).items).toEqual([]);
  });
});

describe('the policy in force', () => {
  it('is shown with its files to those who answer for it', async () => {
    const policy = PolicyInForce.strict().parse((await officer.call('GET', '/api/policy')).json());
    expect(policy.version).toMatch(/^[0-9a-f]{64}$/);
    expect(policy.files.map(({ name }) => name)).toContain('access.yaml');
    expect(told(await staff.call('GET', '/api/policy'))).toEqual([403, 'forbidden']);
  });
});
