// Every end of a sign-in, with the end told in one process and a desktop and a page open in another.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignInEnd } from '../../../broker/port.ts';
import { sql } from '../../../broker/store/index.ts';
import { writeInstruction } from '../../../gateway/relay/wire/instruction.ts';
import { addDesktop } from '../../support/add-desktop.ts';
import { newKey } from '../../support/devices.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { HttpClient } from '../../support/http-client.ts';
import { openLive, type LivePage } from '../../support/live-client.ts';
import { startLyingGuacd, type LyingGuacd } from '../../support/lying-guacd.ts';
import { startNeighbour, type Neighbour } from '../../support/neighbour.ts';
import type { Person } from '../../support/people.ts';
import { writePolicy } from '../../support/policy.ts';
import { dialRelay, USUAL_VIEW } from '../../support/relay-client.ts';

/** The promise: whatever ends a sign-in reaches what is open within 5 s, whichever process it is in. */
const PROMISED = 5_000;

let directory: string;
let guacd: LyingGuacd;
let one: TestGateway;
let other: Neighbour;
let colleague: Person;

const EXTRAS = 'devices: { a-person: 3, valid-days: 30 }, bypass: { from-level: 0, classes: [P2], sites: [home], at-once: 5, a-person-a-day: 2, approve-within: 30m, redeem-within: 15m, lasts: 8h }';
const limits = (absolute = '12h') => ({ 'sign-in.yaml': `sign-in: { ${EXTRAS}, limits: { idle: 1h, absolute: ${absolute}, at-once: 2, warn-before: 1m, roles: { auditor: { absolute: 30m }, unit-head: { at-once: 1 } } } }\n` });

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-ends-'));
  await writePolicy(directory, limits());
  guacd = await startLyingGuacd();
  const settings = { SEKISHO_POLICY_DIR: directory, SEKISHO_GUACD: `${guacd.host}:${guacd.port}` };
  one = await startGateway({ guacd: settings.SEKISHO_GUACD, settings });
  other = await startNeighbour(one, settings);
  colleague = await one.addPerson();
}, 120_000);
afterAll(async () => {
  await other?.stop();
  await one?.stop();
  await guacd?.stop();
  await rm(directory, { recursive: true, force: true });
});

type AtWork = { readonly person: Person; readonly client: HttpClient; readonly leaseId: string; readonly signInId: string; readonly relayClosed: Promise<{ reason: string }>; readonly page: LivePage };

/** Somebody with a desktop and a page open at the other process. */
async function atWork(): Promise<AtWork> {
  const person = await one.addPerson({ colleagueOf: colleague });
  return inSession(person, await one.signedIn(person));
}

/** @param relayQuery what the relay's address has besides the view, once the lease is there */
async function inSession(person: Person, client: HttpClient, relayQuery: (leaseId: string) => Promise<string> = () => Promise.resolve('')): Promise<AtWork> {
  const { items } = (await client.call('GET', '/api/me/sign-ins/open')).json<{ items: { id: string }[] }>();
  const desktopId = await addDesktop(one.broker, person);
  const { id: leaseId } = (await client.call('POST', '/api/leases', { json: { desktopId, dutyId: person.dutyId } })).json<{ id: string }>();
  const connected = guacd.next();
  const relay = await dialRelay(other, client, leaseId, { query: `${USUAL_VIEW}${await relayQuery(leaseId)}` });
  const desktop = await connected;
  await desktop.send(writeInstruction('size', '0', '1024', '768') + writeInstruction('sync', '1'));
  const page = await openLive(other, client);
  await page.watch('person');
  return { person, client, leaseId, signInId: items[0]!.id, relayClosed: relay.closed, page };
}

const backdate = ({ signInId }: AtWork, column: 'at' | 'last_seen_at') =>
  sql`update sign_in set ${sql.ref(column)} = ${sql.ref(column)} - interval '61 minutes', expires_at = expires_at - interval '61 minutes' where id = ${signInId}`.execute(one.database);

const ENDS: readonly [string, SignInEnd, (work: AtWork) => Promise<unknown>][] = [
  ['signing out', 'by-owner', ({ client }) => client.call('POST', '/api/sign-out')],
  ['ending it from another device', 'by-owner-elsewhere', async ({ person, signInId }) => (await one.signedIn(person, 1)).call('DELETE', `/api/me/sign-ins/${signInId}`)],
  ['ending all others', 'by-owner-elsewhere', async ({ person }) => (await one.signedIn(person, 1)).call('DELETE', '/api/me/sign-ins/others')],
  ['ending all', 'by-owner', ({ client }) => client.call('DELETE', '/api/me/sign-ins')],
  ['disabling the account', 'account-disabled', ({ person }) => one.broker.directory.disablePerson(person.id)],
  ['a suspension by an administrator', 'account-disabled', async ({ person }) => {
    const admin = await one.signedIn(await one.addPerson({ roles: ['system-admin'], colleagueOf: colleague }));
    expect((await admin.call('POST', `/api/people/${person.id}/suspension`, { json: {} })).status).toBe(200);
  }],
  ['nothing asked for longer than it may be idle', 'idle', (work) => backdate(work, 'last_seen_at')],
  ['a role whose limit is over', 'expired', async (work) => {
    await backdate(work, 'at');
    await one.broker.directory.grantRole({ personId: work.person.id, role: 'auditor' });
  }],
  ['one sign-in more than may stand at once', 'too-many', async ({ person }) => {
    await one.broker.directory.grantRole({ personId: person.id, role: 'unit-head' });
    await one.signedIn(person, 1);
  }],
  ['a policy under which it is over', 'expired', async (work) => {
    await backdate(work, 'at');
    await writePolicy(directory, limits('1h'));
  }],
];

describe('a desktop and a page in another process end within 5 s of', () => {
  it.each(ENDS)('%s', async (_, why, end) => {
    const work = await atWork();
    const began = performance.now();
    await end(work);
    const [closed] = await Promise.all([work.relayClosed, work.page.over]);
    expect(performance.now() - began).toBeLessThan(PROMISED);
    expect(closed.reason).toMatch(/^\d{3}$/);
    expect(work.page.signedOut()).toBe(true);
    const { ended_because: because } = await one.database.selectFrom('sign_in').where('id', '=', work.signInId).select('ended_because').executeTakeFirstOrThrow();
    expect(because).toBe(why);
    // Whoever still shows its token is told why.
    if (work.client.cookies.has('__Host-sekisho')) expect((await work.client.call('GET', '/api/me')).json()).toMatchObject({ code: 'sign-in-required', ended: why });
  });

  it('a role without which nobody uses a desktop: the desktop goes, the sign-in stays with the rights of now', async () => {
    const work = await atWork();
    const grants = await one.broker.directory.listGrants({ personId: work.person.id });
    const began = performance.now();
    await one.broker.directory.revokeRole({ grantId: grants[0]!.id });
    await work.relayClosed;
    expect(performance.now() - began).toBeLessThan(PROMISED);
    expect((await work.client.call('GET', '/api/me')).json()).toMatchObject({ roles: [] });
    expect(work.page.signedOut()).toBe(false);
    work.page.close();
  });
});

/** Somebody at home with a duty of the LGWAN zone, whose session was opened on a device that another person registered. */
async function onDevice() {
  const person = await one.addPerson({ duty: { zone: 'lgwan' } });
  const admin = await one.signedIn(await one.addPerson({ roles: ['system-admin'], colleagueOf: person }));
  const client = await one.signedIn(person);
  const key = await newKey();
  const signed = async (challenge: object) => {
    const { id, text } = (await client.call('POST', '/api/me/device-challenges', { json: challenge })).json<{ id: string; text: string }>();
    return { challengeId: id, signature: await key.sign(text) };
  };
  const { id: deviceId } = (await client.call('POST', '/api/me/devices', { json: { name: '自宅のノート', publicKey: key.publicKey, ...(await signed({ purpose: 'registration' })) } })).json<{ id: string }>();
  expect((await admin.call('POST', `/api/devices/${deviceId}/approval`, { json: {} })).status).toBe(200);
  expect((await client.call('POST', '/api/me/device-proofs', { json: { deviceId, ...(await signed({ purpose: 'sign-in' })) } })).status).toBe(204);
  const work = await inSession(person, client, async (leaseId) => {
    const { challengeId, signature } = await signed({ purpose: 'relay', leaseId });
    return `&device=${deviceId}&challenge=${challengeId}&proof=${signature}`;
  });
  const lease = () => one.database.selectFrom('lease').where('id', '=', work.leaseId).select(['device_id', 'state', 'ended_because']).executeTakeFirstOrThrow();
  expect(await lease()).toMatchObject({ device_id: deviceId, state: 'active' });
  return { ...work, admin, deviceId, lease };
}

describe('a desktop on a registered device ends within 5 s of the end of the device', () => {
  it('by its person: the session goes, the sign-in in which it was said stays', async () => {
    const { client, deviceId, relayClosed, page, lease } = await onDevice();
    const began = performance.now();
    expect((await client.call('POST', `/api/me/devices/${deviceId}/end`, { json: { reason: '買い替えた' } })).status).toBe(204);
    await relayClosed;
    expect(performance.now() - began).toBeLessThan(PROMISED);
    expect(await lease()).toMatchObject({ state: 'ended', ended_because: 'device-revoked' });
    expect((await client.call('GET', '/api/me')).status).toBe(200);
    page.close();
  });

  it('by an administrator: the sign-in on it and its page too', async () => {
    const { admin, client, deviceId, relayClosed, page, lease } = await onDevice();
    const began = performance.now();
    expect((await admin.call('POST', `/api/devices/${deviceId}/end`, { json: { reason: '紛失した' } })).status).toBe(204);
    await Promise.all([relayClosed, page.over]);
    expect(performance.now() - began).toBeLessThan(PROMISED);
    expect(await lease()).toMatchObject({ state: 'ended', ended_because: 'device-revoked' });
    expect(page.signedOut()).toBe(true);
    expect((await client.call('GET', '/api/me')).json()).toMatchObject({ code: 'sign-in-required', ended: 'device-revoked' });
  });
});

it('a desktop of a sign-in by bypass ends within 5 s of the withdrawal of the bypass, and its page too', async () => {
  const person = await one.addPerson();
  const colleagues = [];
  for (const role of ['bcp-admin', 'activation-authority', 'shelter-manager'] as const) colleagues.push(await one.addPerson({ roles: [role], colleagueOf: person }));
  const [issuer, approver, voucher] = [await one.signedIn(colleagues[0]!), await one.signedIn(colleagues[1]!), colleagues[2]!];
  const bypass = { personId: person.id, voucherId: voucher.id, shelter: '第一小学校', reachedBy: '防災無線 3番', reason: '津波で携帯電話を失った' };
  const issued = await issuer.call('POST', '/api/bypasses', { json: bypass });
  expect(issued.status).toBe(201);
  const { id } = issued.json<{ id: string }>();
  const { code } = (await approver.call('POST', `/api/bypasses/${id}/approval`, { json: {} })).json<{ code: string }>();
  const client = await one.halfSignedIn(person);
  expect((await client.call('POST', '/api/sign-in/bypass', { json: { code } })).status).toBe(200);
  const work = await inSession(person, client);
  const began = performance.now();
  expect((await issuer.call('POST', `/api/bypasses/${id}/end`, { json: { reason: '電話が戻った' } })).status).toBe(200);
  await Promise.all([work.relayClosed, work.page.over]);
  expect(performance.now() - began).toBeLessThan(PROMISED);
  expect(work.page.signedOut()).toBe(true);
  expect((await client.call('GET', '/api/me')).status).toBe(401);
});
