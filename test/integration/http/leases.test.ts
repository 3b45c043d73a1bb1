import { DesktopList, Lease, Problem } from '../../../gateway/http/schemas/index.ts';
import { addDesktop } from '../../support/add-desktop.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { HttpClient } from '../../support/http-client.ts';
import type { Person } from '../../support/people.ts';

let gateway: TestGateway;
let person: Person;
let client: HttpClient;
beforeAll(async () => {
  gateway = await startGateway();
  person = await gateway.addPerson();
  client = await gateway.signedIn(person);
});
afterAll(() => gateway?.stop());

describe('the own desktops', () => {
  it('are listed with their state, and nothing that would open them', async () => {
    const stored = await addDesktop(gateway.broker, person);
    const asked = await addDesktop(gateway.broker, person, { credentials: 'ask' });
    const answer = await client.call('GET', '/api/desktops');
    const { items } = DesktopList.strict().parse(answer.json());
    expect(items.map(({ id, credentials }) => [id, credentials])).toEqual(expect.arrayContaining([[stored, 'stored'], [asked, 'ask']]));
    expect(answer.text).not.toMatch(/hunter2|127\./);
  });
});

describe('a lease', () => {
  it('is granted, shown and ended', async () => {
    const desktopId = await addDesktop(gateway.broker, person);
    const granted = await client.call('POST', '/api/leases', { json: { desktopId, dutyId: person.dutyId } });
    expect([granted.status, granted.text]).toEqual([201, expect.any(String)]);
    const lease = Lease.strict().parse(granted.json());
    expect(lease).toMatchObject({ state: 'granted', desktopId, dutyName: '窓口', relay: `/relay/${lease.id}` });
    expect(granted.headers['location']).toBe(`/api/leases/${lease.id}`);
    expect(granted.text).not.toContain('hunter2');

    const again = await client.call('POST', '/api/leases', { json: { desktopId, dutyId: person.dutyId } });
    expect(again.json().id).toBe(lease.id);
    expect(Lease.strict().parse((await client.call('GET', `/api/leases/${lease.id}`)).json()).state).toBe('granted');
    expect((await client.call('DELETE', `/api/leases/${lease.id}`)).status).toBe(204);
    expect((await client.call('DELETE', `/api/leases/${lease.id}`)).status).toBe(204);
    expect((await client.call('GET', `/api/leases/${lease.id}`)).json()).toMatchObject({ state: 'ended', endedBecause: 'ended-by-owner' });
  });

  it('of another person is not there', async () => {
    const desktopId = await addDesktop(gateway.broker, person);
    const { id } = Lease.parse((await client.call('POST', '/api/leases', { json: { desktopId, dutyId: person.dutyId } })).json());
    const stranger = await gateway.signedIn(await gateway.addPerson());
    for (const method of ['GET', 'DELETE']) {
      const answer = await stranger.call(method, `/api/leases/${id}`);
      expect([method, answer.status, answer.json().code]).toEqual([method, 404, 'lease-unknown']);
    }
    expect((await client.call('GET', `/api/leases/${id}`)).json().state).toBe('granted');
  });

  it('is refused with its reasons in words', async () => {
    const other = await gateway.addPerson();
    const desktopId = await addDesktop(gateway.broker, other);
    const answer = await client.call('POST', '/api/leases', { json: { desktopId, dutyId: person.dutyId } });
    const problem = Problem.strict().parse(answer.json());
    expect(answer.status).toBe(403);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(problem.type).toBe(`urn:sekisho:${problem.code}`);
    expect(problem.reasons!.length).toBeGreaterThan(0);
    expect(problem.reasons![0]).toMatchObject({ code: problem.code, support: problem.support, text: expect.stringMatching(/。$/) });
  });

  it('on a desktop that asks for credentials needs them', async () => {
    const desktopId = await addDesktop(gateway.broker, person, { credentials: 'ask' });
    const without = await client.call('POST', '/api/leases', { json: { desktopId, dutyId: person.dutyId } });
    expect([without.status, without.json().code]).toEqual([422, 'desktop-credentials-required']);
    const granted = await client.call('POST', '/api/leases', { json: { desktopId, dutyId: person.dutyId, credentials: { username: 'hanako', password: 'typed-just-now' } } });
    expect(granted.status).toBe(201);
    expect(granted.text + gateway.logged()).not.toContain('typed-just-now');
  });
});
