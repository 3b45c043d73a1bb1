import { randomUUID } from 'node:crypto';
import type { Policy } from '../../../broker/policy/index.ts';
import { Refusal, type Code, type RelayEnd, type SignedIn } from '../../../broker/port.ts';
import { sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, addDuty, addOrganisation, addPerson, beatOnce, createOffice, eventsOf, giveDuty, guacds, operator, originAt, signInAgain, standingClock, testPolicy } from '../../support/office.ts';
import { shareOf, testCapacity } from '../../support/policy.ts';
import { reasonsFrom } from '../../support/refusal-of.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const end = (cause: RelayEnd['cause'], refused: RelayEnd['refused'] = {}): RelayEnd => ({ cause, status: 0, connectedSeconds: 3, bytesToBrowser: 10, bytesFromBrowser: 20, refused });


async function reasonsOf(work: Promise<unknown>): Promise<readonly Code[]> {
  const error: unknown = await work.then(() => undefined, (error: unknown) => error);
  if (error === undefined) return [];
  if (!(error instanceof Refusal)) throw error;
  return error.details.reasons ?? [error.code];
}

async function setUp(overrides: Partial<Policy> = {}) {
  const clock = standingClock();
  let inForce: Policy | undefined = testPolicy(overrides);
  const office = createOffice({ database: test.database, clock, policy: () => inForce });
  await beatOnce(test.database, office.gatewayId);
  const organisation = await addOrganisation(test.database, clock.now());
  const person = await addPerson(test.database, organisation, clock.now());
  const dutyId = await addDuty(test.database, organisation);
  await giveDuty(test.database, person, dutyId);
  const desktopId = await addDesktop(office, organisation, { to: [person] });
  const request = (who: SignedIn = person, site = 'office' as Parameters<typeof originAt>[0]) => office.leases.request({ person: who, desktopId, dutyId, origin: originAt(site) });
  const claim = (leaseId: string, who: SignedIn = person, site = 'office' as Parameters<typeof originAt>[0]) => office.leases.claim({ person: who, leaseId, origin: originAt(site), guacds });
  const get = (leaseId: string, who: SignedIn = person) => office.leases.get({ person: who, leaseId });
  const trail = async (leaseId: string) => (await eventsOf(test.database)).filter(({ fields }) => fields['leaseId'] === leaseId);
  return { ...office, clock, organisation, person, dutyId, desktopId, request, claim, get, trail, setPolicy: (policy: Policy | undefined) => (inForce = policy) };
}

describe('a lease', () => {
  it('is granted, carried, parked, carried again and ended, and the trail tells it all', async () => {
    const { leases, request, claim, get, trail, person, clock } = await setUp();
    const lease = await request();
    expect(lease).toMatchObject({ state: 'granted', protocol: 'vnc', site: 'office' });
    expect(lease.expiresAt.getTime() - clock.now().getTime()).toBe(28_800_000);

    const first = await claim(lease.id);
    expect(first.connection).toMatchObject({ protocol: 'vnc', port: 5900, credentials: {}, parameters: {} });
    await leases.connected(first);
    await leases.connected(first);
    await leases.released(first, end('left', { 'client:clipboard': { count: 2, bytes: 40 } }));
    expect(await get(lease.id)).toMatchObject({ state: 'parked' });

    const second = await claim(lease.id);
    expect(second.relayId).not.toBe(first.relayId);
    await leases.end({ person, leaseId: lease.id, origin: originAt('office') });
    await leases.end({ person, leaseId: lease.id, origin: originAt('office') });
    expect(await get(lease.id)).toMatchObject({ state: 'ended', endedBecause: 'ended-by-owner', endedAt: clock.now() });
    await leases.released(second, end('ended-by-gateway', { 'server:file': { count: 1, bytes: 9 } }));

    expect((await trail(lease.id)).map(({ event }) => event)).toEqual([
      'admissionDecided', 'leaseGranted', 'leaseActivated', 'leaseConnected', 'residualBegan', 'channelsRefused', 'leaseParked', 'leaseActivated', 'leaseEnded', 'channelsRefused',
    ]);
    const refused = (await trail(lease.id)).filter(({ event }) => event === 'channelsRefused').map(({ fields }) => fields['refused']);
    expect(refused).toEqual([{ 'client:clipboard': { count: 2, bytes: 40 } }, { 'server:file': { count: 1, bytes: 9 } }]);
  });

  it('is the one the person holds already, when it is asked for again, also from another sign-in', async () => {
    const { leases, request, claim, person } = await setUp();
    const lease = await request();
    expect((await request()).id).toBe(lease.id);
    await leases.released(await claim(lease.id), end('left'));
    const elsewhere = await signInAgain(test.database, person);
    expect(await request(elsewhere)).toMatchObject({ id: lease.id, state: 'parked' });
    await claim(lease.id, elsewhere, 'home');
    const row = await test.database.selectFrom('lease').where('id', '=', lease.id).select(['sign_in_id', 'site']).executeTakeFirstOrThrow();
    expect(row).toEqual({ sign_in_id: elsewhere.signInId, site: 'home' });
  });

  it('is carried by one relay at a time', async () => {
    const { request, claim } = await setUp();
    const lease = await request();
    const claims = await Promise.all(Array.from({ length: 20 }, () => reasonsOf(claim(lease.id))));
    expect(claims.filter((reasons) => reasons.length === 0)).toHaveLength(1);
    expect(claims.filter(([reason]) => reason === 'lease-in-use')).toHaveLength(19);
  });

  it('ends with the reason of its relay, whose figures are on the trail', async () => {
    const { leases, request, claim, get, trail } = await setUp();
    const lease = await request();
    await leases.released(await claim(lease.id), end('desktop-log-in-failed'));
    expect(await get(lease.id)).toMatchObject({ state: 'ended', endedBecause: 'desktop-log-in-failed' });
    expect((await trail(lease.id)).at(-1)).toMatchObject({ event: 'leaseEnded', fields: { relay: { cause: 'desktop-log-in-failed', connectedSeconds: 3, bytesToBrowser: 10, bytesFromBrowser: 20 } } });
  });

  it('is not moved by a relay that does not carry it', async () => {
    const { leases, request, claim, get, trail } = await setUp();
    const lease = await request();
    const { relayId } = await claim(lease.id);
    await leases.released({ leaseId: lease.id, relayId: randomUUID() }, end('desktop-ended'));
    expect(await reasonsFrom(leases.connected({ leaseId: lease.id, relayId: randomUUID() }))).toEqual(['lease-in-use']);
    expect((await get(lease.id)).state).toBe('active');
    await leases.released({ leaseId: lease.id, relayId }, end('left'));
    await leases.released({ leaseId: lease.id, relayId }, end('desktop-ended', { 'server:file': { count: 1, bytes: 1 } }));
    expect((await get(lease.id)).state).toBe('parked');
    expect((await trail(lease.id)).map(({ event }) => event)).toEqual(['admissionDecided', 'leaseGranted', 'leaseActivated', 'leaseParked']);
  });

  it('is unknown to everybody but its owner', async () => {
    const { leases, request, claim, get, organisation } = await setUp();
    const lease = await request();
    const other = await addPerson(test.database, organisation);
    expect(await reasonsOf(get(lease.id, other))).toEqual(['lease-unknown']);
    expect(await reasonsOf(claim(lease.id, other))).toEqual(['lease-unknown']);
    expect(await reasonsOf(leases.end({ person: other, leaseId: lease.id, origin: originAt('office') }))).toEqual(['lease-unknown']);
    expect(await reasonsOf(get(randomUUID()))).toEqual(['lease-unknown']);
    expect((await get(lease.id)).state).toBe('granted');
  });

  it('is over at its deadlines, before and after the sweep', async () => {
    const { request, claim, get, leases, sweeper, clock, trail } = await setUp();
    const unused = await request();
    clock.advance(120);
    expect(await reasonsOf(claim(unused.id))).toEqual(['lease-expired']);
    await sweeper.sweep();
    expect(await get(unused.id)).toMatchObject({ state: 'ended', endedBecause: 'not-used' });
    expect((await trail(unused.id)).at(-1)).toMatchObject({ event: 'leaseEnded', fields: { why: 'not-used' } });
    expect(await reasonsOf(claim(unused.id))).toEqual(['lease-ended']);

    const left = await request();
    await leases.released(await claim(left.id), end('left'));
    clock.advance(89);
    await sweeper.sweep();
    expect((await get(left.id)).state).toBe('parked');
    clock.advance(1);
    await sweeper.sweep();
    expect(await get(left.id)).toMatchObject({ state: 'ended', endedBecause: 'parking-expired' });

    const long = await request();
    await claim(long.id);
    clock.advance(28_800);
    await sweeper.sweep();
    expect(await get(long.id)).toMatchObject({ state: 'ended', endedBecause: 'lease-expired' });
    expect(await reasonsOf(claim(long.id))).toEqual(['lease-expired']);
  });

  it('that is past a deadline does not hold its desktop until the sweep', async () => {
    const { request, organisation, dutyId, desktopsAdmin, desktopId, clock } = await setUp();
    await request();
    const other = await addPerson(test.database, organisation);
    await giveDuty(test.database, other, dutyId);
    await desktopsAdmin.assign({ organisationId: organisation.id, desktopId, personId: other.personId }, operator);
    expect(await reasonsOf(request(other))).toEqual(['desktop-in-use']);
    clock.advance(120);
    expect(await reasonsOf(request(other))).toEqual([]);
  });

  it('is parked when the process of its relay has died', async () => {
    const { request, claim, get, sweeper, gatewayId } = await setUp();
    const lease = await request();
    await claim(lease.id);
    await sweeper.sweep();
    expect((await get(lease.id)).state).toBe('active');
    await test.database.updateTable('gateway_process').set({ seen_at: new Date(Date.now() - 4_000) }).where('id', '=', gatewayId).execute();
    await sweeper.sweep();
    expect((await get(lease.id)).state).toBe('parked');
  });
});

describe('a claim asks again', () => {
  it.each<[string, Code, (office: Awaited<ReturnType<typeof setUp>>) => Promise<unknown>]>([
    ['the account', 'account-disabled', ({ person }) => test.database.updateTable('person').set({ status: 'disabled' }).where('id', '=', person.personId).execute()],
    ['the desktop', 'desktop-disabled', ({ desktopId }) => test.database.updateTable('desktop').set({ status: 'disabled' }).where('id', '=', desktopId).execute()],
    ['the assignment', 'desktop-not-assigned', ({ desktopId }) => test.database.deleteFrom('desktop_assignment').where('desktop_id', '=', desktopId).execute()],
    ['the duty', 'duty-not-held', ({ dutyId }) => test.database.deleteFrom('duty_assignment').where('duty_id', '=', dutyId).execute()],
    ['the sign-in', 'sign-in-required', ({ person }) => test.database.updateTable('sign_in').set({ ended_at: new Date(), ended_because: 'by-owner' }).where('id', '=', person.signInId).execute()],
    ['the policy', 'policy-missing', async ({ setPolicy }) => setPolicy(undefined)],
  ])('for %s', async (_, reason, takeAway) => {
    const office = await setUp();
    const lease = await office.request();
    await takeAway(office);
    expect(await reasonsOf(office.claim(lease.id))).toEqual([reason]);
    expect(await reasonsOf(office.request())).toEqual([reason]);
    expect((await office.get(lease.id)).state).toBe('granted');
  });

  it('for the site', async () => {
    const { request, claim, dutyId, leases, person } = await setUp();
    await test.database.updateTable('duty').set({ zone: 'my-number' }).where('id', '=', dutyId).execute();
    const lease = await request();
    expect(await reasonsOf(claim(lease.id, undefined, 'home'))).toEqual(['zone-forbidden-at-site']);
    expect(await reasonsOf(claim(lease.id, undefined, 'alternative-office'))).toEqual(['exception-required']);
    expect(await reasonsOf(leases.claim({ person, leaseId: lease.id, origin: originAt(undefined), guacds }))).toEqual(['site-unknown']);
    expect(await reasonsOf(claim(lease.id))).toEqual([]);
  });
});

describe('a right that is taken away', () => {
  it.each<[string, string, (office: Awaited<ReturnType<typeof setUp>>) => Promise<unknown>]>([
    ['a desktop out of service', 'desktop-disabled', ({ desktopsAdmin, organisation, desktopId }) => desktopsAdmin.disable({ organisationId: organisation.id, desktopId }, operator)],
    ['an assignment', 'desktop-not-assigned', ({ desktopsAdmin, organisation, desktopId, person }) => desktopsAdmin.unassign({ organisationId: organisation.id, desktopId, personId: person.personId }, operator)],
    ['a sign-in', 'sign-in-ended', ({ endLeasesOf, person }) => test.database.transaction().execute((transaction) => endLeasesOf(transaction, { signInId: person.signInId }, 'sign-in-ended'))],
    ['an account', 'account-disabled', ({ endLeasesOf, person }) => test.database.transaction().execute((transaction) => endLeasesOf(transaction, { personId: person.personId }, 'account-disabled'))],
    ['a duty', 'duty-not-held', ({ endLeasesOf, person, dutyId }) => test.database.transaction().execute((transaction) => endLeasesOf(transaction, { personId: person.personId, dutyId }, 'duty-not-held'))],
  ])('as %s ends the lease at once', async (_, because, takeAway) => {
    const office = await setUp();
    const lease = await office.request();
    await office.claim(lease.id);
    const bystander = await setUp();
    const other = await bystander.request();
    await takeAway(office);
    expect(await office.get(lease.id)).toMatchObject({ state: 'ended', endedBecause: because });
    expect((await bystander.get(other.id)).state).toBe('granted');
  });

  it('names whose leases to end, or nothing is ended', async () => {
    const { endLeasesOf } = await setUp();
    await expect(test.database.transaction().execute((transaction) => endLeasesOf(transaction, {}, 'account-disabled'))).rejects.toThrow('must be said');
  });
});

describe('a changed policy', () => {
  const strict = testPolicy({ version: 'b'.repeat(64) });
  const forbidden = { ...strict, zones: { ...strict.zones, internet: { ...strict.zones.internet, home: { needs: 'forbid', liftedFrom: undefined } as const } } };

  it('ends the open leases that it does not allow, at once, and those only', async () => {
    const [atHome, inOffice] = [await setUp(), await setUp()];
    const one = await atHome.request(undefined, 'home');
    await atHome.claim(one.id, undefined, 'home');
    const other = await inOffice.request();
    await inOffice.claim(other.id);
    for (const office of [atHome, inOffice]) office.setPolicy(forbidden);
    await atHome.review.run();
    expect(await atHome.get(one.id)).toMatchObject({ state: 'ended', endedBecause: 'zone-forbidden-at-site' });
    expect((await atHome.trail(one.id)).at(-1)).toMatchObject({ event: 'leaseEnded', fields: { why: 'zone-forbidden-at-site' } });
    expect((await inOffice.get(other.id)).state).toBe('active');
    const { policy_version } = await test.database.selectFrom('lease').select('policy_version').where('id', '=', other.id).executeTakeFirstOrThrow();
    expect(policy_version).toBe(forbidden.version);
  });

  it('ends those whose network it no longer knows', async () => {
    const office = await setUp();
    const lease = await office.request();
    office.setPolicy({ ...strict, version: 'c'.repeat(64), networks: [] });
    await office.review.run();
    expect(await office.get(lease.id)).toMatchObject({ state: 'ended', endedBecause: 'site-unknown' });
  });

  it('is applied once by each process, so that two whose files differ come to rest', async () => {
    const office = await setUp();
    const lease = await office.request();
    const [mine, theirs] = [{ ...strict, version: 'd'.repeat(64) }, { ...strict, version: 'e'.repeat(64) }];
    office.setPolicy(mine);
    const elsewhere = createOffice({ database: test.database, clock: office.clock, policy: () => theirs });
    const version = async () => (await test.database.selectFrom('lease').select('policy_version').where('id', '=', lease.id).executeTakeFirstOrThrow()).policy_version;
    await office.review.run();
    expect(await version()).toBe(mine.version);
    await elsewhere.review.run();
    expect(await version()).toBe(theirs.version);
    await office.review.run();
    expect(await version()).toBe(theirs.version);
    office.setPolicy({ ...mine, version: 'f'.repeat(64) });
    await office.review.run();
    expect(await version()).toBe('f'.repeat(64));
  });

  it('that cannot be read ends none', async () => {
    const office = await setUp();
    const lease = await office.request();
    office.setPolicy(undefined);
    await office.review.run();
    expect((await office.get(lease.id)).state).toBe('granted');
  });
});

describe('a desktop that asks for its log-in', () => {
  const credentials = { username: '利用者', password: 'とても秘密の合言葉' };

  async function asking() {
    const office = await setUp();
    const desktopId = await addDesktop(office, office.organisation, { ask: true, to: [office.person] });
    const request = (given?: typeof credentials) => office.leases.request({ person: office.person, desktopId, dutyId: office.dutyId, origin: originAt('office'), ...(given && { credentials: given }) });
    return { ...office, desktopId, request };
  }

  it('is not entered without, and hands them to the one relay that claims', async () => {
    const { request, claim, leases } = await asking();
    expect(await reasonsOf(request())).toEqual(['desktop-credentials-required']);
    const lease = await request(credentials);
    const claimed = await claim(lease.id);
    expect(claimed.connection.credentials).toEqual(credentials);
    await leases.released(claimed, end('left'));
    expect(await reasonsOf(claim(lease.id))).toEqual(['desktop-credentials-required']);
    expect((await request(credentials)).id).toBe(lease.id);
    expect((await claim(lease.id)).connection.credentials).toEqual(credentials);
  });

  it('asks again when the claim comes to another process', async () => {
    const { request, person, clock } = await asking();
    const lease = await request(credentials);
    const elsewhere = createOffice({ database: test.database, clock, policy: () => testPolicy() });
    expect(await reasonsOf(elsewhere.leases.claim({ person, leaseId: lease.id, origin: originAt('office'), guacds }))).toEqual(['desktop-credentials-required']);
  });

  it('leaves no trace of them in the database', async () => {
    const { request, claim } = await asking();
    await claim((await request(credentials)).id);
    const everything = sql<{ text: string }>`select lease::text as text from lease union all select convert_from(body, 'UTF8') from audit_record union all select desktop::text from desktop`;
    const { rows } = await everything.execute(test.database);
    expect(rows.length).toBeGreaterThan(3);
    for (const { text } of rows) expect(text).not.toContain(credentials.password);
  });
});

describe('stored credentials', () => {
  it('that cannot be opened leave the lease as it was', async () => {
    const { request, claim, get, desktopId } = await setUp();
    const lease = await request();
    await test.database.updateTable('desktop').set({ sealed_credentials: Buffer.alloc(64, 1) }).where('id', '=', desktopId).execute();
    await expect(claim(lease.id)).rejects.not.toBeInstanceOf(Refusal);
    expect((await get(lease.id)).state).toBe('granted');
  });
});

describe('an admission', () => {
  it('puts its decision, reasons, facts and policy version on the trail, also when it refuses', async () => {
    const { request, dutyId, desktopId, person } = await setUp();
    await test.database.updateTable('duty').set({ zone: 'lgwan' }).where('id', '=', dutyId).execute();
    expect(await reasonsOf(request(person, 'home'))).toEqual(['registered-device-required']);
    const decided = (await eventsOf(test.database)).filter(({ event, fields }) => event === 'admissionDecided' && (fields['inputs'] as Record<string, unknown>)['desktopId'] === desktopId);
    expect(decided).toMatchObject([
      { fields: { decision: 'refuse', reasons: ['registered-device-required'], policyVersion: 'a'.repeat(64), inputs: { site: 'home', zone: 'lgwan', level: '0', dutyId } } },
    ]);
  });

  it('knows nothing of another organisation\'s desktop', async () => {
    const [one, other] = [await setUp(), await setUp()];
    const asked = one.leases.request({ person: one.person, desktopId: other.desktopId, dutyId: one.dutyId, origin: originAt('office') });
    expect(await reasonsOf(asked)).toEqual(['desktop-unknown']);
  });

  it('counts seats by weight, in total and by organisation', async () => {
    const office = await setUp();
    const { name } = office.organisation;
    const heavy = await addDesktop(office, office.organisation, { weight: 3, to: [office.person] });
    const ask = () => reasonsOf(office.leases.request({ person: office.person, desktopId: heavy, dutyId: office.dutyId, origin: originAt('office') }));
    await office.request();
    office.setPolicy(testPolicy({ capacity: testCapacity({ shares: [shareOf(name, 3)] }) }));
    expect(await ask()).toEqual(['no-seat-free']);
    const { taken } = await test.database.selectFrom('lease').where('state', '<>', 'ended').select(({ fn }) => fn.sum<number>('weight').as('taken')).executeTakeFirstOrThrow();
    office.setPolicy(testPolicy({ capacity: testCapacity({ total: taken + 2, shares: [shareOf(name, 4)] }) }));
    expect(await ask()).toEqual(['no-seat-free']);
    office.setPolicy(testPolicy({ capacity: testCapacity({ total: taken + 3, shares: [shareOf(name, 4)] }) }));
    expect(await ask()).toEqual([]);
  });
});
