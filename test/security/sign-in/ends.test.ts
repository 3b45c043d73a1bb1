// Every end of a sign-in, with the end told in one process and a desktop and a page open in another.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignInEnd } from '../../../broker/port.ts';
import { sql } from '../../../broker/store/index.ts';
import { writeInstruction } from '../../../gateway/relay/wire/instruction.ts';
import { addDesktop } from '../../support/add-desktop.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { HttpClient } from '../../support/http-client.ts';
import { openLive, type LivePage } from '../../support/live-client.ts';
import { startLyingGuacd, type LyingGuacd } from '../../support/lying-guacd.ts';
import { startNeighbour, type Neighbour } from '../../support/neighbour.ts';
import type { Person } from '../../support/people.ts';
import { writePolicy } from '../../support/policy.ts';
import { dialRelay } from '../../support/relay-client.ts';

/** The promise: whatever ends a sign-in reaches what is open within 5 s, whichever process it is in. */
const PROMISED = 5_000;

let directory: string;
let guacd: LyingGuacd;
let one: TestGateway;
let other: Neighbour;
let colleague: Person;

const limits = (absolute = '12h') => ({ 'sign-in.yaml': `sign-in: { limits: { idle: 1h, absolute: ${absolute}, at-once: 2, warn-before: 1m, roles: { auditor: { absolute: 30m }, unit-head: { at-once: 1 } } } }\n` });

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

type AtWork = { readonly person: Person; readonly client: HttpClient; readonly signInId: string; readonly relayClosed: Promise<{ reason: string }>; readonly page: LivePage };

/** Somebody with a desktop and a page open at the other process. */
async function atWork(): Promise<AtWork> {
  const person = await one.addPerson({ colleagueOf: colleague });
  const client = await one.signedIn(person);
  const { items } = (await client.call('GET', '/api/me/sign-ins/open')).json<{ items: { id: string }[] }>();
  const desktopId = await addDesktop(one.broker, person);
  const { id: leaseId } = (await client.call('POST', '/api/leases', { json: { desktopId, dutyId: person.dutyId } })).json<{ id: string }>();
  const connected = guacd.next();
  const relay = await dialRelay(other, client, leaseId);
  const desktop = await connected;
  await desktop.send(writeInstruction('size', '0', '1024', '768') + writeInstruction('sync', '1'));
  const page = await openLive(other, client);
  await page.watch('person');
  return { person, client, signInId: items[0]!.id, relayClosed: relay.closed, page };
}

const backdate = ({ signInId }: AtWork, column: 'at' | 'last_seen_at') =>
  sql`update sign_in set ${sql.ref(column)} = ${sql.ref(column)} - interval '61 minutes', expires_at = expires_at - interval '61 minutes' where id = ${signInId}`.execute(one.database);

const ENDS: readonly [string, SignInEnd, (work: AtWork) => Promise<unknown>][] = [
  ['signing out', 'by-owner', ({ client }) => client.call('POST', '/api/sign-out')],
  ['ending it from another device', 'by-owner-elsewhere', async ({ person, signInId }) => (await one.signedIn(person, 1)).call('DELETE', `/api/me/sign-ins/${signInId}`)],
  ['ending all others', 'by-owner-elsewhere', async ({ person }) => (await one.signedIn(person, 1)).call('DELETE', '/api/me/sign-ins/others')],
  ['ending all', 'by-owner', ({ client }) => client.call('DELETE', '/api/me/sign-ins')],
  ['disabling the account', 'account-disabled', ({ person }) => one.broker.directory.disablePerson(person.id)],
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
