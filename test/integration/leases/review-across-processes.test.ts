import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Broker } from '../../../broker/index.ts';
import type { PriorityClass, SignedIn } from '../../../broker/port.ts';
import { brokerFactory } from '../../support/brokers.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import { addDesktop, addDuty, addPerson, giveDuty, guacds, standingClock } from '../../support/office.ts';
import { writePolicy } from '../../support/policy.ts';
import { createTown } from '../../support/town.ts';

/** From the change to its effect, in any process. */
const PROMISED = 5_000;
const HOME = { address: '203.0.113.7', userAgent: 'test' };

const ORDINARY = 'P5: { target: 30d, outside-from-level: 0 }';
/** Ordinary work may be done from home from level 2 on; a grace of two seconds. */
const RULES = { 'classes.yaml': { [ORDINARY]: 'P5: { target: 30d, outside-from-level: 2 }' }, 'levels.yaml': { 'suspended: []\n    grace: 5m': 'suspended: []\n    grace: 2s' } };

let test: TestDatabase;
let brokers: Awaited<ReturnType<typeof brokerFactory>>;
let carrier: Broker;
let directory: string;

beforeAll(async () => {
  test = await startTestDatabase();
  brokers = await brokerFactory(test.connectionString);
  directory = join(brokers.directory, 'policies');
  await writePolicy(directory, RULES);
  [carrier] = await Promise.all([brokers.start({ policyDirectory: directory }), brokers.start({ policyDirectory: directory })]);
});
afterAll(async () => {
  await brokers.close();
  await test.close();
});

async function atHome(priorityClass: PriorityClass = 'P5') {
  const town = await createTown({ database: test.database, clock: standingClock(new Date()) });
  await town.raise('2');
  const person = await addPerson(test.database, town.organisation);
  const dutyId = await addDuty(test.database, town.organisation, 'internet', priorityClass);
  await giveDuty(test.database, person, dutyId);
  const desktopId = await addDesktop(carrier, town.organisation, { to: [person] });
  const { id: leaseId } = await carrier.leases.request({ person, desktopId, dutyId, origin: HOME });
  await carrier.leases.claim({ person, leaseId, origin: HOME, guacds });
  return { town, person, leaseId };
}

async function within(limit: number, work: () => Promise<void>): Promise<void> {
  const began = performance.now();
  await eventually(work, limit);
  expect(performance.now() - began).toBeLessThan(limit);
}

const lease = (person: SignedIn, leaseId: string) => carrier.leases.get({ person, leaseId });

describe('two brokers', () => {
  it('give notice within 5 s of a fallen level, end the session at its time, and tell the process that carries it', async () => {
    const { town, person, leaseId } = await atHome();
    const told = new Promise<string>((resolve) => carrier.onLeaseEnded((id, code) => id === leaseId && resolve(code)));
    await town.tighten('0');
    await within(PROMISED, async () => expect(await lease(person, leaseId)).toMatchObject({ closingBecause: 'level-too-low' }));
    expect(await told).toBe('level-too-low');
    const { closingAt, endedAt, endedBecause } = await lease(person, leaseId);
    expect(endedBecause).toBe('level-too-low');
    const row = await test.database.selectFrom('lease').where('id', '=', leaseId).select(['closing_at', 'ended_at']).executeTakeFirstOrThrow();
    expect(closingAt).toBeUndefined();
    expect(row.ended_at!.getTime()).toBeGreaterThanOrEqual(row.closing_at!.getTime());
    expect(endedAt!.getTime() - row.closing_at!.getTime()).toBeLessThan(PROMISED);
  });

  it('end within 5 s what a changed policy forbids, and leave the rest alone', async () => {
    const [forbidden, allowed] = [await atHome(), await atHome('P3')];
    const told = new Promise<string>((resolve) => carrier.onLeaseEnded((id, code) => id === forbidden.leaseId && resolve(code)));
    const began = performance.now();
    await writePolicy(directory, { 'classes.yaml': { [ORDINARY]: 'P5: { target: 30d, outside-from-level: 3 }' } });
    expect(await told).toBe('level-too-low');
    expect(performance.now() - began).toBeLessThan(PROMISED);
    expect(await lease(forbidden.person, forbidden.leaseId)).toMatchObject({ state: 'ended', endedBecause: 'level-too-low' });
    expect(await lease(allowed.person, allowed.leaseId)).toMatchObject({ state: 'active' });
    await writePolicy(directory, RULES);
  });

  it('take a notice back where a changed policy allows the session again', async () => {
    const patient = { ...RULES, 'levels.yaml': {} };
    await writePolicy(directory, patient);
    const { town, person, leaseId } = await atHome();
    await town.tighten('0');
    await within(PROMISED, async () => expect(await lease(person, leaseId)).toMatchObject({ closingBecause: 'level-too-low' }));
    await writePolicy(directory, {});
    await within(PROMISED, async () => expect(await lease(person, leaseId)).not.toHaveProperty('closingAt'));
    expect((await lease(person, leaseId)).state).toBe('active');
    await writePolicy(directory, RULES);
  });

  it('end at once what an officer sends away', async () => {
    const { town, person, leaseId } = await atHome();
    const officer = await addPerson(test.database, town.organisation, new Date(), ['security-officer']);
    const told = new Promise<string>((resolve) => carrier.onLeaseEnded((id, code) => id === leaseId && resolve(code)));
    const began = performance.now();
    await test.database
      .insertInto('entry_stop')
      .values({ id: crypto.randomUUID(), organisation_id: town.organisation.id, unit_id: null, reason: '侵入の疑い', stopped_by: officer.personId, stopped_at: new Date() })
      .execute();
    expect(await told).toBe('entry-stopped');
    expect(performance.now() - began).toBeLessThan(PROMISED);
    expect(await lease(person, leaseId)).toMatchObject({ endedBecause: 'entry-stopped' });
  });

  it('end nothing while the policy cannot be read', async () => {
    const { person, leaseId } = await atHome();
    await rm(join(directory, 'levels.yaml'));
    await expect(carrier.leases.request({ person, desktopId: crypto.randomUUID(), dutyId: crypto.randomUUID(), origin: HOME })).rejects.toMatchObject({ code: 'policy-missing' });
    await new Promise((later) => setTimeout(later, 2_500));
    expect(await lease(person, leaseId)).toMatchObject({ state: 'active' });
    await writePolicy(directory, RULES);
  });
});
