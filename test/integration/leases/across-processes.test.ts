import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Broker } from '../../../broker/index.ts';
import type { Code, SignedIn } from '../../../broker/port.ts';
import { sql } from '../../../broker/store/index.ts';
import { brokerFactory } from '../../support/brokers.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, addDuty, addOrganisation, addPerson, eventsOf, giveDuty, guacds, operator, originAt } from '../../support/office.ts';

/** The promise of the port: within 5 s, whichever process did it. */
const PROMISED = 5_000;

let test: TestDatabase;
let brokers: Awaited<ReturnType<typeof brokerFactory>>;
let one: Broker;
let other: Broker;
const origin = originAt('office');

beforeAll(async () => {
  test = await startTestDatabase();
  brokers = await brokerFactory(test.connectionString);
  [one, other] = await Promise.all([brokers.start(), brokers.start()]);
});
afterAll(async () => {
  await brokers.close();
  await test.close();
});

async function seat({ ask = false } = {}) {
  const organisation = await addOrganisation(test.database);
  const person = await addPerson(test.database, organisation);
  const dutyId = await addDuty(test.database, organisation);
  await giveDuty(test.database, person, dutyId);
  const desktopId = await addDesktop(one, organisation, { ask, to: [person] });
  return { organisation, person, dutyId, desktopId };
}

async function carried(broker: Broker) {
  const { organisation, person, dutyId, desktopId } = await seat();
  const { id } = await broker.leases.request({ person, desktopId, dutyId, origin });
  return { organisation, person, desktopId, id, claim: await broker.leases.claim({ person, leaseId: id, origin, guacds }) };
}

/** When this broker is told of the lease's end, and by which code. */
function told(broker: Broker, leaseId: string): Promise<{ code: Code; after: number }> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('not told within twice the promised time')), 2 * PROMISED);
    const off = broker.onLeaseEnded((id, code) => {
      if (id !== leaseId) return;
      clearTimeout(timer);
      off();
      resolve({ code, after: performance.now() - began });
    });
  });
}

const stateOf = async (person: SignedIn, leaseId: string) => (await one.leases.get({ person, leaseId })).state;

async function becomes(person: SignedIn, leaseId: string, state: string): Promise<number> {
  const began = performance.now();
  while ((await stateOf(person, leaseId)) !== state) {
    if (performance.now() - began > 3 * PROMISED) throw new Error(`still ${await stateOf(person, leaseId)}`);
    await new Promise((later) => setTimeout(later, 50));
  }
  return performance.now() - began;
}

describe('brokers of one installation', () => {
  it('are ready once the database is at their version', async () => {
    expect(await one.ready()).toBe(true);
  });

  it.each<[string, Code, (lease: Awaited<ReturnType<typeof carried>>) => Promise<unknown>]>([
    ['its owner ends it elsewhere', 'lease-ended', ({ person, id }) => other.leases.end({ person, leaseId: id, origin })],
    ['its owner ends the sign-in', 'sign-in-required', ({ person }) => other.signIns.endOwn({ person, signInId: person.signInId, origin })],
    ['the account is disabled', 'account-disabled', ({ person }) => other.directory.disablePerson(person.personId)],
    ['the desktop goes out of service', 'desktop-disabled', ({ organisation, desktopId }) => other.desktopsAdmin.disable({ organisationId: organisation.id, desktopId }, operator)],
    ['a statement from outside ends it', 'lease-expired', ({ id }) => sql`update lease set state = 'ended', ended_at = now(), ended_because = 'lease-expired' where id = ${id}`.execute(test.database)],
  ])('tell the process that carries a lease when %s', async (_, code, end) => {
    const lease = await carried(one);
    const notice = told(one, lease.id);
    await end(lease);
    const { code: given, after } = await notice;
    expect(given).toBe(code);
    expect(after).toBeLessThan(PROMISED);
  });

  it('tell it by looking, when the notification is lost', async () => {
    const lease = await carried(one);
    const notice = told(one, lease.id);
    await sql`alter table lease disable trigger lease_move`.execute(test.database);
    await sql`update lease set state = 'ended', came_from = 'active', ended_at = now(), ended_because = 'ended-by-owner' where id = ${lease.id}`.execute(test.database);
    await sql`alter table lease enable trigger lease_move`.execute(test.database);
    expect((await notice).after).toBeLessThan(PROMISED);
  });

  it('hear again after the connection that listens was cut', async () => {
    const before = await carried(one);
    const cut = await sql<{ pid: number }>`select pg_terminate_backend(pid) as cut, pid from pg_stat_activity where datname = current_database() and application_name = 'sekisho lease_ended'`.execute(test.database);
    expect(cut.rows.length).toBeGreaterThanOrEqual(2);
    const notice = told(one, before.id);
    await other.leases.end({ person: before.person, leaseId: before.id, origin });
    expect((await notice).after).toBeLessThan(PROMISED);

    const listening = async () => (await sql`select from pg_stat_activity where datname = current_database() and application_name = 'sekisho lease_ended'`.execute(test.database)).rows.length;
    while ((await listening()) < 2) await new Promise((later) => setTimeout(later, 50));
    const after = await carried(one);
    const again = told(one, after.id);
    await other.leases.end({ person: after.person, leaseId: after.id, origin });
    expect((await again).after).toBeLessThan(PROMISED);
  });

  it('park what a killed process carried, within the promised time', async () => {
    const { person, desktopId, dutyId } = await seat({ ask: true });
    const input = JSON.stringify({ connectionString: test.connectionString, directory: brokers.directory, auditKey: brokers.auditKey, person, desktopId, dutyId });
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../support/lease-carrier.ts'), input], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [leaseId] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    expect(await stateOf(person, leaseId)).toBe('active');
    child.kill('SIGKILL');
    expect(await becomes(person, leaseId, 'parked')).toBeLessThan(PROMISED);
  });

  const takenForDead = (leaseId: string) =>
    test.database.updateTable('lease').set({ state: 'parked', parked_until: new Date(Date.now() + 60_000) }).where('id', '=', leaseId).execute();

  it('let a process that was taken for dead go on with what its relays still carry', async () => {
    const lease = await carried(one);
    await takenForDead(lease.id);
    await becomes(lease.person, lease.id, 'active');
    await one.leases.released(lease.claim, { cause: 'left', status: 0, connectedSeconds: 0, bytesFromBrowser: 0, bytesToBrowser: 0, refused: {} });
    expect(await stateOf(lease.person, lease.id)).toBe('parked');
  });

  it('tell it to let go of what another relay has claimed meanwhile', async () => {
    const lease = await carried(one);
    const notice = told(one, lease.id);
    await takenForDead(lease.id);
    const elsewhere = await other.leases.claim({ person: lease.person, leaseId: lease.id, origin, guacds });
    expect(await notice).toMatchObject({ code: 'lease-in-use' });
    await one.leases.released(lease.claim, { cause: 'ended-by-gateway', status: 0, connectedSeconds: 0, bytesFromBrowser: 0, bytesToBrowser: 0, refused: {} });
    expect(await stateOf(lease.person, lease.id)).toBe('active');
    await other.leases.released(elsewhere, { cause: 'left', status: 0, connectedSeconds: 0, bytesFromBrowser: 0, bytesToBrowser: 0, refused: {} });
    expect(await stateOf(lease.person, lease.id)).toBe('parked');
  });

  const left = { cause: 'left', status: 0, connectedSeconds: 1, bytesFromBrowser: 0, bytesToBrowser: 0, refused: { 'client:clipboard': { count: 2, bytes: 9 } } } as const;

  /** Breaks the connection of whatever waits for the lease while this runs. */
  async function broken(leaseId: string, work: () => Promise<unknown>): Promise<void> {
    await test.database.transaction().execute(async (transaction) => {
      await sql`select from lease where id = ${leaseId} for update`.execute(transaction);
      const failed = expect(work()).rejects.toThrow();
      const waiting = sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%lease%'`;
      while ((await waiting.execute(test.database)).rows.length === 0) await new Promise((later) => setTimeout(later, 20));
      await failed;
    });
  }

  it('write the end of a relay later when the database broke off, and what its guard refused', async () => {
    const lease = await carried(one);
    await broken(lease.id, () => one.leases.released(lease.claim, left));
    expect(await becomes(lease.person, lease.id, 'parked')).toBeLessThan(PROMISED);
    const again = await other.leases.claim({ person: lease.person, leaseId: lease.id, origin, guacds });
    expect(again.relayId).not.toBe(lease.claim.relayId);
    const refused = (await eventsOf(test.database)).filter(({ event, fields }) => event === 'channelsRefused' && fields['leaseId'] === lease.id);
    expect(refused).toHaveLength(1);
  });

  it('record the OS session of a first picture that the database could not take, so that nobody else enters', async () => {
    const lease = await carried(one);
    await broken(lease.id, () => one.leases.connected(lease.claim));
    await one.leases.released(lease.claim, { ...left, cause: 'ended-by-gateway' });
    const living = await test.database.selectFrom('residual_session').where('lease_id', '=', lease.id).select('person_id as personId').execute();
    expect(living).toEqual([{ personId: lease.person.personId }]);
  });

  it('park what a process carries by the database alone, as after a commit that was not acknowledged', async () => {
    const lease = await carried(one);
    await sql`update lease set relay_id = gen_random_uuid() where id = ${lease.id}`.execute(test.database);
    expect(await becomes(lease.person, lease.id, 'parked')).toBeLessThan(PROMISED);
    expect((await eventsOf(test.database)).filter(({ event, fields }) => event === 'leaseParked' && fields['leaseId'] === lease.id)).toHaveLength(1);
    await other.leases.claim({ person: lease.person, leaseId: lease.id, origin, guacds });
  });

  it('leave alone what a relay here carries', async () => {
    const lease = await carried(one);
    await new Promise((later) => setTimeout(later, PROMISED));
    expect(await stateOf(lease.person, lease.id)).toBe('active');
  });

  it.each(['', '{', 'null', '{"leaseId":7}', '{"leaseId":"x","because":"y"}'])('go on after a notification that says nothing they understand: %j', async (payload) => {
    const lease = await carried(one);
    await sql`select pg_notify('lease_ended', ${payload})`.execute(test.database);
    const notice = told(one, lease.id);
    await other.leases.end({ person: lease.person, leaseId: lease.id, origin });
    expect((await notice).after).toBeLessThan(PROMISED);
  });

  it('refuse everybody while there is no policy', async () => {
    const without = await brokers.start({ policyDirectory: brokers.directory });
    const { person, desktopId, dutyId } = await seat();
    await expect(without.leases.request({ person, desktopId, dutyId, origin })).rejects.toMatchObject({ code: 'policy-missing', details: { reasons: ['policy-missing'] } });
    await without.close();
  });

  it('close twice without harm, and leave nothing running', async () => {
    const broker = await brokers.start();
    await broker.close();
    await broker.close();
    expect(await broker.ready()).toBe(false);
  });

  it('do not start on a database that does not answer', async () => {
    await expect(brokers.start({ connectionString: 'postgresql://sekisho@127.0.0.1:1/none' })).rejects.toThrow();
  });
});
