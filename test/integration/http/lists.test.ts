import { DesktopDetails, DesktopRecordList, DutyList, PeopleList, PersonDetails, PoolListed, PoolRecordList, UnitList } from '../../../gateway/http/schemas/index.ts';
import { addDesktop } from '../../support/add-desktop.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { HttpClient } from '../../support/http-client.ts';
import type { Person } from '../../support/people.ts';

let gateway: TestGateway;
let member: Person;
let system: HttpClient;
let bcp: HttpClient;
beforeAll(async () => {
  gateway = await startGateway();
  member = await gateway.addPerson({ username: 'member', displayName: '職員 花子' });
  system = await gateway.signedIn(await gateway.addPerson({ username: 'system', roles: ['system-admin'], colleagueOf: member }));
  bcp = await gateway.signedIn(await gateway.addPerson({ username: 'bcp', roles: ['bcp-admin'], colleagueOf: member }));
});
afterAll(() => gateway?.stop());

/** Every item of a list, asked for page by page. */
async function whole(client: HttpClient, path: string, limit: number): Promise<{ pages: number; names: string[] }> {
  const names: string[] = [];
  let cursor: string | null = '';
  let pages = 0;
  while (cursor !== null) {
    const answer = await client.call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    const { items, next } = answer.json<{ items: { username?: string; name?: string }[]; next: string | null }>();
    names.push(...items.map(({ username, name }) => username ?? name!));
    [cursor, pages] = [next, pages + 1];
  }
  return { pages, names };
}

describe('people', () => {
  it('are added, found, changed, suspended and let in again', async () => {
    const added = await system.call('POST', '/api/people', { json: { unitId: member.unitId, username: 'Taro.K', displayName: '関 太郎' } });
    expect([added.status, added.text]).toEqual([201, expect.any(String)]);
    const { id, username, status, signIn } = PersonDetails.strict().parse(added.json());
    expect([username, status, signIn, added.headers['location']]).toEqual(['taro.k', 'active', 'none', `/api/people/${id}`]);
    expect((await system.call('POST', '/api/people', { json: { unitId: member.unitId, username: 'taro.k', displayName: '別人' } })).json()).toMatchObject({ status: 409, code: 'conflict' });

    const found = PeopleList.strict().parse((await system.call('GET', `/api/people?search=${encodeURIComponent('太郎')}`)).json());
    expect(found.items.map((person) => person.id)).toEqual([id]);
    const changed = PersonDetails.strict().parse((await system.call('PUT', `/api/people/${id}`, { json: { displayName: '関 次郎' } })).json());
    expect(changed).toMatchObject({ displayName: '関 次郎', language: 'ja' });
    const invited = await system.call('POST', `/api/people/${id}/invitation`, { json: {} });
    expect(invited.json()).toMatchObject({ path: expect.stringMatching(/^\//), expiresAt: expect.any(String) });
    expect((await system.call('POST', `/api/people/${id}/suspension`, { json: {} })).json()).toMatchObject({ id, status: 'disabled' });
    expect(PeopleList.parse((await system.call('GET', '/api/people?status=disabled')).json()).items.map((person) => person.id)).toEqual([id]);
    expect((await system.call('DELETE', `/api/people/${id}/suspension`)).json()).toMatchObject({ id, status: 'active' });
  });

  it('are given roles and duties', async () => {
    const granted = PersonDetails.strict().parse((await system.call('POST', `/api/people/${member.id}/roles`, { json: { role: 'unit-head', unitId: member.unitId } })).json());
    const grant = granted.grants.find(({ role }) => role === 'unit-head')!;
    expect(grant).toMatchObject({ unitId: member.unitId, unitName: '総務課' });
    const clash = await system.call('POST', `/api/people/${member.id}/roles`, { json: { role: 'system-admin', unitId: null } }).then(() => system.call('POST', `/api/people/${member.id}/roles`, { json: { role: 'auditor', unitId: null } }));
    expect([clash.status, clash.json().code]).toEqual([409, 'roles-incompatible']);
    const revoked = PersonDetails.strict().parse((await system.call('DELETE', `/api/people/${member.id}/roles/${grant.id}`)).json());
    expect(revoked.roles).not.toContain('unit-head');

    const duty = await bcp.call('POST', '/api/duties', { json: { name: '避難所運営', class: 'P0', zone: 'internet', targetSeconds: null } });
    const { id } = duty.json<{ id: string }>();
    expect(PersonDetails.strict().parse((await bcp.call('PUT', `/api/people/${member.id}/duties/${id}`, { json: {} })).json()).duties.map(({ name }) => name)).toContain('避難所運営');
    expect(PersonDetails.strict().parse((await bcp.call('DELETE', `/api/people/${member.id}/duties/${id}`)).json()).duties.map(({ name }) => name)).not.toContain('避難所運営');
    expect((await system.call('PUT', `/api/people/${member.id}/duties/${id}`, { json: {} })).json().code).toBe('forbidden');
  });

  it('come page by page, each once', async () => {
    for (let count = 0; count < 7; count += 1) await gateway.broker.directory.addPerson({ organisationId: member.organisationId, unitId: member.unitId, username: `page-${count}`, displayName: `一覧 ${count}` });
    const { pages, names } = await whole(system, '/api/people?search=page-', 3);
    expect(pages).toBe(3);
    expect(names).toEqual(Array.from({ length: 7 }, (_, count) => `page-${count}`));
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'cursor=%00', 'cursor=never-given', 'status=gone', 'role=god', 'unitId=1', 'search='])('are not listed by %s', async (query) => {
    const answer = await system.call('GET', `/api/people?${query}`);
    expect([answer.status, answer.json().code]).toEqual([400, 'request-invalid']);
  });
});

describe('units and duties', () => {
  it('are listed', async () => {
    const below = await system.call('POST', '/api/units', { json: { name: '防災係', parentId: member.unitId } });
    expect([below.status, below.json()]).toEqual([201, expect.objectContaining({ path: '総務課 / 防災係', parentId: member.unitId, people: 0 })]);
    expect(UnitList.strict().parse((await bcp.call('GET', '/api/units')).json()).items.map(({ path }) => path)).toEqual(['総務課', '総務課 / 防災係']);

    for (let count = 0; count < 5; count += 1) expect((await bcp.call('POST', '/api/duties', { json: { name: `業務 ${count}`, class: 'P3', zone: 'lgwan', targetSeconds: 3600 } })).status).toBe(201);
    const { pages, names } = await whole(bcp, `/api/duties?search=${encodeURIComponent('業務')}`, 2);
    expect([pages, names]).toEqual([3, Array.from({ length: 5 }, (_, count) => `業務 ${count}`)]);
    const [first] = DutyList.strict().parse((await bcp.call('GET', `/api/duties?search=${encodeURIComponent('業務 0')}`)).json()).items;
    expect((await bcp.call('PUT', `/api/duties/${first!.id}`, { json: { class: 'P1' } })).json()).toMatchObject({ name: '業務 0', class: 'P1', zone: 'lgwan', targetSeconds: 3600 });
    expect((await bcp.call('POST', `/api/duties/${first!.id}/retirement`, { json: {} })).json()).toMatchObject({ status: 'retired' });
    expect(DutyList.parse((await bcp.call('GET', '/api/duties?status=retired')).json()).items.map(({ id }) => id)).toEqual([first!.id]);
  });
});

describe('desktops and pools', () => {
  it('are added, assigned, pooled and listed, and tell no credentials', async () => {
    const desktop = { name: '窓口端末 1', protocol: 'rdp', host: 'pc-1.example.test', port: 3389, credentials: { username: 'local', password: 'hunter2!' } };
    const added = await system.call('POST', '/api/desktop-records', { json: desktop });
    expect([added.status, added.text]).toEqual([201, expect.any(String)]);
    const { id } = DesktopDetails.strict().parse(added.json());
    expect(added.text).not.toContain('hunter2');
    expect((await system.call('POST', '/api/desktop-records', { json: { ...desktop, name: '別の端末' } })).json().code).toBe('conflict');
    expect(DesktopDetails.strict().parse((await system.call('PUT', `/api/desktop-records/${id}/people/${member.id}`, { json: {} })).json()).people).toMatchObject([{ username: 'member' }]);

    const pool = PoolListed.strict().parse((await system.call('POST', '/api/pool-records', { json: { name: '共用', logIn: 'personal', cleanUp: 'none', seats: null } })).json());
    expect(pool).toMatchObject({ suitable: true, desktops: 0 });
    expect(PoolListed.strict().parse((await system.call('PUT', `/api/pool-records/${pool.id}/units/${member.unitId}`, { json: {} })).json()).units).toMatchObject([{ id: member.unitId }]);
    expect(PoolListed.strict().parse((await system.call('PUT', `/api/pool-records/${pool.id}`, { json: { seats: 3 } })).json())).toMatchObject({ name: '共用', seats: 3 });
    expect(PoolRecordList.strict().parse((await bcp.call('GET', '/api/pool-records')).json()).items).toHaveLength(1);

    await addDesktop(gateway.broker, member);
    const all = DesktopRecordList.strict().parse((await bcp.call('GET', '/api/desktop-records')).json());
    expect(all.items).toHaveLength(2);
    expect((await system.call('POST', `/api/desktop-records/${id}/suspension`, { json: {} })).json()).toMatchObject({ status: 'disabled' });
    expect(DesktopRecordList.parse((await system.call('GET', '/api/desktop-records?status=disabled')).json()).items.map((item) => item.id)).toEqual([id]);
    const { pages, names } = await whole(system, '/api/desktop-records', 1);
    expect([pages, names.length, new Set(names).size]).toEqual([2, 2, 2]);
    expect((await bcp.call('POST', '/api/desktop-records', { json: desktop })).json().code).toBe('forbidden');
  });
});
