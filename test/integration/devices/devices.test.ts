import { randomUUID } from 'node:crypto';
import type { SignedIn } from '../../../broker/port.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { devicesOver, newKey, type Key } from '../../support/devices.ts';
import { refusalOf } from '../../support/identity.ts';
import { addDesktop, addDuty, addPerson, eventsOf, guacds, originAt, signInAgain, standingClock } from '../../support/office.ts';
import { testPolicy } from '../../support/policy.ts';
import { reasonsFrom } from '../../support/refusal-of.ts';
import { createWorkplace } from '../../support/workplace.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const DAY = 86_400;
const code = async (step: Promise<unknown>) => (await refusalOf(step)).code;
const overrides = { devices: { aPerson: 2, validFor: 30 * DAY } };

/** Somebody at home with a duty of the LGWAN zone and a desktop, and who administers devices. */
async function office() {
  const clock = standingClock();
  const place = await createWorkplace({ database: test.database, clock, policy: overrides });
  const over = devicesOver(test.database, { clock, policy: () => testPolicy(overrides) });
  const dutyId = await addDuty(test.database, place.organisation, 'lgwan', 'P2');
  const person = await place.newcomer(dutyId);
  const admin = await addPerson(test.database, place.organisation, clock.now(), ['system-admin']);
  const officer = await addPerson(test.database, place.organisation, clock.now(), ['security-officer']);
  const desktopId = await addDesktop(place, place.organisation, { to: [person] });
  const registered = async (who: SignedIn = person) => {
    const key = await newKey();
    const { id } = await over.ask(who, key);
    await over.approve(id, admin);
    return { key, id };
  };
  const enter = (who: SignedIn = person) => place.ask(who, { desktopId, dutyId }, 'home');
  const open = async (leaseId: string, proof?: { key: Key; id: string }, who: SignedIn = person) =>
    place.leases.claim({ person: who, leaseId, origin: originAt('home'), guacds, ...(proof && { device: await over.signed(who, proof.key, proof.id, 'relay', leaseId) }) });
  const again = () => signInAgain(test.database, person, clock.now());
  return { clock, place, ...over, dutyId, person, admin, officer, desktopId, registered, enter, open, again };
}

describe('a registered device', () => {
  it('lets its person into the LGWAN zone from home, once another person has approved it and it was proved', async () => {
    const t = await office();
    const key = await newKey();
    const asked = await t.ask(t.person, key);
    expect(asked).toMatchObject({ state: 'waiting', current: false });
    expect(await code(t.prove(t.person, key, asked.id))).toBe('device-proof-wrong');
    expect(await reasonsFrom(t.enter())).toEqual(['registered-device-required']);
    expect(await t.approve(asked.id, t.admin)).toMatchObject({ state: 'registered', approvedBy: { id: t.admin.personId } });
    expect(await reasonsFrom(t.enter())).toEqual(['registered-device-required']);
    await t.prove(t.person, key, asked.id);
    expect(await t.devices.own(t.person)).toMatchObject([{ id: asked.id, current: true, lastProvedAt: t.clock.now() }]);
    const lease = await t.enter();
    await t.open(lease.id, { key, id: asked.id });
    expect(await test.database.selectFrom('lease').where('id', '=', lease.id).select(['device_id', 'state']).executeTakeFirstOrThrow()).toEqual({ device_id: asked.id, state: 'active' });
    const told = (await eventsOf(test.database)).filter(({ fields }) => fields['deviceId'] === asked.id);
    expect(told.map(({ event }) => event)).toEqual(['deviceAsked', 'deviceProofRefused', 'deviceApproved', 'deviceProved', 'leaseGranted', 'leaseActivated']);
  });

  it('is proved for one sign-in, and not for the person\'s others', async () => {
    const t = await office();
    const { key, id } = await t.registered();
    await t.prove(t.person, key, id);
    expect(await reasonsFrom(t.enter(await t.again()))).toEqual(['registered-device-required']);
    await t.enter();
  });

  it('counts for its time', async () => {
    const t = await office();
    const { key, id } = await t.registered();
    await t.prove(t.person, key, id);
    t.clock.advance(30 * DAY);
    const later = await t.again();
    expect(await code(t.prove(later, key, id))).toBe('device-proof-wrong');
    expect(await reasonsFrom(t.enter(later))).toEqual(['registered-device-required']);
    expect((await t.devices.own(later))[0]).toMatchObject({ state: 'over' });
  });

  it('is limited in number, by ten at once as well, and a key is registered once', async () => {
    const t = await office();
    const keys = await Promise.all(Array.from({ length: 10 }, () => newKey()));
    const tries = await Promise.allSettled(keys.map((key) => t.ask(t.person, key)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const other = await t.place.newcomer();
    const key = await newKey();
    await t.ask(other, key);
    expect(await code(t.ask(await t.place.newcomer(), key))).toBe('conflict');
    expect(await code(t.ask(other, key))).toBe('conflict');
  });

  it('takes a fresh second factor of both, and none is registered where the policy has no rules for it', async () => {
    const t = await office();
    const { id } = await t.ask(t.person, await newKey());
    t.clock.advance(601);
    const device = { name: '端末', publicKey: (await newKey()).publicKey, challengeId: randomUUID(), signature: 'A'.repeat(86) };
    expect(await code(t.devices.ask({ person: t.person, device, origin: originAt('home') }))).toBe('step-up-required');
    expect(await code(t.devices.approve({ person: t.admin, deviceId: id, origin: originAt('office') }))).toBe('step-up-required');
    expect(await code(t.devices.end({ person: t.admin, deviceId: id, reason: '不要', origin: originAt('office'), own: false }))).toBe('step-up-required');
    const none = devicesOver(test.database, { clock: t.clock, policy: () => testPolicy() });
    expect(await code(none.devices.challenge({ person: t.person, purpose: 'registration' }))).toBe('devices-not-allowed');
    expect(await code(none.approve(id, t.admin))).toBe('devices-not-allowed');
    t.place.setPolicy(testPolicy());
    const { key, id: registered } = await t.registered(t.person);
    await t.prove(t.person, key, registered);
    expect(await reasonsFrom(t.enter())).toEqual(['registered-device-required']);
  });

  it('is refused to whoever came in by a bypass', async () => {
    const t = await office();
    const bypassed = { ...t.person, method: 'bypass' } as const;
    expect(await code(t.ask(bypassed, await newKey()))).toBe('bypass-may-not');
  });
});

describe('an attacker', () => {
  it('replays no proof, by twenty at once either', async () => {
    const t = await office();
    const { key, id } = await t.registered();
    const proof = await t.signed(t.person, key, id, 'sign-in');
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => t.devices.prove({ person: t.person, proof, origin: originAt('home') })));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const lease = await t.enter();
    const device = await t.signed(t.person, key, id, 'relay', lease.id);
    const claim = () => t.place.leases.claim({ person: t.person, leaseId: lease.id, origin: originAt('home'), guacds, device });
    const claimed = await claim();
    await t.place.leave(claimed, 'left');
    expect(await code(claim())).toBe('device-proof-wrong');
    // The control: a new one opens it again.
    await t.open(lease.id, { key, id });
  });

  it('uses no proof in another sign-in, for another purpose, for another lease, or late', async () => {
    const t = await office();
    const { key, id } = await t.registered();
    const again = await t.again();
    const prove = (proof: Awaited<ReturnType<typeof t.signed>>, person = t.person) => code(t.devices.prove({ person, proof, origin: originAt('home') }));
    expect(await prove(await t.signed(t.person, key, id, 'sign-in'), again)).toBe('device-proof-wrong');
    expect(await prove(await t.signed(t.person, key, id, 'registration'))).toBe('device-proof-wrong');
    await t.prove(t.person, key, id);
    const [one, other] = [await t.enter(), await addDesktop(t.place, t.place.organisation, { to: [t.person] })];
    const second = await t.place.ask(t.person, { desktopId: other, dutyId: t.dutyId }, 'home');
    expect(await prove(await t.signed(t.person, key, id, 'relay', one.id))).toBe('device-proof-wrong');
    const claim = (leaseId: string, device: Awaited<ReturnType<typeof t.signed>>) => code(t.place.leases.claim({ person: t.person, leaseId, origin: originAt('home'), guacds, device }));
    expect(await claim(one.id, await t.signed(t.person, key, id, 'relay', second.id))).toBe('device-proof-wrong');
    expect(await claim(one.id, await t.signed(t.person, key, id, 'sign-in'))).toBe('device-proof-wrong');
    const late = await t.signed(t.person, key, id, 'relay', one.id);
    t.clock.advance(60);
    expect(await claim(one.id, late)).toBe('device-proof-wrong');
    await t.open(one.id, { key, id });
  });

  it('is not another person\'s device, though the key is right', async () => {
    const t = await office();
    const { key, id } = await t.registered();
    const other = await t.place.newcomer(t.dutyId);
    expect(await code(t.prove(other, key, id))).toBe('device-proof-wrong');
    const own = await t.registered(other);
    // The other one's device id with one's own key, and the reverse.
    expect(await code(t.prove(t.person, own.key, id))).toBe('device-proof-wrong');
    expect(await code(t.prove(t.person, own.key, own.id))).toBe('device-proof-wrong');
    await t.prove(t.person, key, id);
    const lease = await t.enter();
    expect(await code(t.devices.challenge({ person: other, purpose: 'relay', leaseId: lease.id }))).toBe('lease-unknown');
    expect(await code(t.devices.end({ person: t.fresh(other), deviceId: id, reason: '邪魔', origin: originAt('home'), own: true }))).toBe('not-found');
  });

  it('opens no relay with a copied cookie and without the key, neither the first time nor when it comes back', async () => {
    const t = await office();
    const { key, id } = await t.registered();
    await t.prove(t.person, key, id);
    const lease = await t.enter();
    expect(await reasonsFrom(t.open(lease.id))).toEqual(['registered-device-required']);
    expect(await code(t.open(lease.id, { key: await newKey(), id }))).toBe('device-proof-wrong');
    const claimed = await t.open(lease.id, { key, id });
    await t.place.leave(claimed, 'left');
    expect(await reasonsFrom(t.open(lease.id))).toEqual(['registered-device-required']);
  });

  it('does not approve an own device, by whatever role, nor somebody without the role; by the database neither', async () => {
    const t = await office();
    const admin = await addPerson(test.database, t.place.organisation, t.clock.now(), ['staff', 'system-admin']);
    const { id } = await t.ask(admin, await newKey());
    expect(await code(t.approve(id, admin))).toBe('own-device');
    expect(await code(t.approve(id, t.officer))).toBe('forbidden');
    const row = { device_id: id, organisation_id: t.place.organisation.id, person_id: admin.personId, approved_at: t.clock.now(), until: new Date(t.clock.now().getTime() + 1_000) };
    const insert = (approved_by: string, approved_in: string) => test.database.insertInto('device_approval').values({ ...row, approved_by, approved_in }).execute();
    await expect(insert(admin.personId, admin.signInId)).rejects.toThrow('device_by_another');
    await expect(insert(t.officer.personId, t.officer.signInId)).rejects.toThrow('without the right');
    await expect(insert(t.admin.personId, t.officer.signInId)).rejects.toThrow('without the right');
    await test.database.updateTable('sign_in').set({ proved_at: new Date(t.clock.now().getTime() - 3_601_000) }).where('id', '=', t.admin.signInId).execute();
    await expect(insert(t.admin.personId, t.admin.signInId)).rejects.toThrow('without the right');
  });

  it('makes no more questions than are kept', async () => {
    const t = await office();
    await Promise.all(Array.from({ length: 40 }, () => t.devices.challenge({ person: t.person, purpose: 'sign-in' })));
    const kept = await test.database.selectFrom('device_challenge').where('sign_in_id', '=', t.person.signInId).select('id').execute();
    expect(kept).toHaveLength(20);
  });
});

describe('a device that is ended', () => {
  it('ends the sessions on it and the other sign-ins proved on it at once, and opens nothing more', async () => {
    const t = await office();
    const { key, id } = await t.registered();
    const [lost, elsewhere] = [await t.again(), await t.again()];
    await t.prove(lost, key, id);
    await t.prove(t.person, key, id);
    const lease = await t.enter(lost);
    await t.open(lease.id, { key, id }, lost);
    await t.end(id, t.person, true);
    expect(await t.place.leases.get({ person: t.person, leaseId: lease.id })).toMatchObject({ state: 'ended', endedBecause: 'device-revoked' });
    const standing = await test.database.selectFrom('sign_in').where('person_id', '=', t.person.personId).select(['id', 'ended_because']).execute();
    expect(new Map(standing.map((one) => [one.id, one.ended_because]))).toEqual(new Map([[t.person.signInId, null], [lost.signInId, 'device-revoked'], [elsewhere.signInId, null]]));
    expect(await reasonsFrom(t.enter())).toEqual(['registered-device-required']);
    expect(await code(t.prove(t.person, key, id))).toBe('device-proof-wrong');
    expect(await code(t.end(id, t.admin))).toBe('device-closed');
  });

  it('is ended by an administrator or a security officer of the unit, before its approval as well', async () => {
    const t = await office();
    const first = await t.ask(t.person, await newKey());
    await t.end(first.id, t.admin);
    expect(await code(t.approve(first.id, t.admin))).toBe('device-closed');
    const { id } = await t.registered();
    expect(await code(t.end(id, t.person))).toBe('forbidden');
    await t.end(id, t.officer);
    const { items } = await t.devices.list({ person: t.officer, waiting: false });
    expect(items.map(({ state }) => state)).toEqual(['ended', 'ended']);
    const stranger = await office();
    expect(await code(stranger.end(id, stranger.admin))).toBe('not-found');
    expect((await stranger.devices.list({ person: stranger.admin, waiting: false })).items).toEqual([]);
  });

  it('between sign-in and the opening of the relay opens none', async () => {
    const t = await office();
    const { key, id } = await t.registered();
    await t.prove(t.person, key, id);
    const lease = await t.enter();
    const device = await t.signed(t.person, key, id, 'relay', lease.id);
    await t.end(id, t.admin);
    expect(await code(t.place.leases.claim({ person: t.person, leaseId: lease.id, origin: originAt('home'), guacds, device }))).toMatch(/^(sign-in-required|lease-ended)$/);
  });

  it('at the very moment at which its relay is opened leaves no session', async () => {
    const t = await office();
    for (let round = 0; round < 5; round += 1) {
      const person = await t.again();
      const { key, id } = await t.registered();
      await t.prove(person, key, id);
      const lease = await t.enter(person);
      const device = await t.signed(person, key, id, 'relay', lease.id);
      await Promise.allSettled([t.place.leases.claim({ person, leaseId: lease.id, origin: originAt('home'), guacds, device }), t.end(id, t.admin)]);
      expect(await test.database.selectFrom('lease').where('device_id', '=', id).where('state', '<>', 'ended').select('id').execute()).toEqual([]);
    }
  });

  it('and one that is not: a session on it outlives another policy that asks for it', async () => {
    const t = await office();
    const { key, id } = await t.registered();
    await t.prove(t.person, key, id);
    const lease = await t.enter();
    await t.open(lease.id, { key, id });
    t.place.setPolicy({ ...testPolicy(overrides), version: 'b'.repeat(64) });
    await t.place.review.run();
    expect(await t.place.leases.get({ person: t.person, leaseId: lease.id })).toMatchObject({ state: 'active' });
  });
});
