import { randomUUID } from 'node:crypto';
import type { Policy } from '../../broker/policy/index.ts';
import { Refusal, type LeaseView, type PriorityClass, type SignedIn } from '../../broker/port.ts';
import type { Database } from '../../broker/store/index.ts';
import { addDesktop, addDuty, addOrganisation, addPerson, beatOnce, createOffice, giveDuty, guacds, originAt, standingClock, testPolicy } from './office.ts';
import { testCapacity } from './policy.ts';

/** At level 0 already, so that a test needs no proposal and no approval. */
export const yieldingLevels = (levels: Policy['levels']): Policy['levels'] => ({ ...levels, '0': { ...levels['0'], preempting: ['P0', 'P1', 'P2'], grace: 60 } });

/**
 * An organisation with few seats and people of every class, each with a desktop of their own, on a clock that is moved by hand.
 */
export async function fewSeats(database: Database, { total = 2, durations = {}, capacity = {} }: { total?: number; durations?: Partial<Policy['durations']>; capacity?: Partial<Policy['capacity']> } = {}) {
  const clock = standingClock();
  const shipped = testPolicy();
  let policy: Policy | undefined = testPolicy({ capacity: testCapacity({ total, ...capacity }), levels: yieldingLevels(shipped.levels), durations: { ...shipped.durations, tenure: 60, ...durations } });
  const office = createOffice({ database, clock, policy: () => policy });
  await beatOnce(database, office.gatewayId);
  const organisation = await addOrganisation(database, clock.now());

  /** Somebody with a duty of this class and an own desktop, in the unit of this path if it is said. */
  const worker = async (priorityClass: PriorityClass, { weight = 1, unitId = organisation.unitId }: { weight?: number; unitId?: string } = {}) => {
    const person = await addPerson(database, { ...organisation, unitId }, clock.now());
    const dutyId = await addDuty(database, organisation, 'internet', priorityClass);
    await giveDuty(database, person, dutyId);
    const desktopId = await addDesktop(office, organisation, { to: [person], weight });
    return workerAt({ person, dutyId, desktopId });
  };
  const workerAt = ({ person, dutyId, desktopId }: { person: SignedIn; dutyId: string; desktopId: string }) => {
    const origin = originAt('office');
    const ask = async (more: { changeWait?: boolean } = {}): Promise<{ lease: LeaseView } | { waitingId: string; reasons: readonly string[] }> => {
      try {
        return { lease: await office.leases.request({ person, desktopId, dutyId, origin, ...more }) };
      } catch (error) {
        if (!(error instanceof Refusal) || error.details.waitingId === undefined || error.code === 'waiting-elsewhere') throw error;
        return { waitingId: error.details.waitingId, reasons: error.details.reasons ?? [] };
      }
    };
    return {
      person,
      dutyId,
      desktopId,
      ask,
      /** Is let in and works: the OS session lives from then on. */
      async work() {
        const asked = await ask();
        if (!('lease' in asked)) throw new Error(`has to wait: ${asked.reasons.join(', ')}`);
        return this.open(asked.lease.id);
      },
      async open(leaseId: string) {
        const claimed = await office.leases.claim({ person, leaseId, origin, guacds });
        await office.leases.connected(claimed);
        return claimed;
      },
      async wait() {
        const asked = await ask();
        if (!('waitingId' in asked)) throw new Error('was let in');
        return asked;
      },
      lease: (leaseId: string) => office.leases.get({ person, leaseId }),
      end: (leaseId: string) => office.leases.end({ person, leaseId, origin }),
      place: async (waitingId: string) => office.waiting.get({ person, waitingId, origin }),
      places: () => office.waiting.list({ person, origin }),
      leave: (waitingId: string) => office.waiting.leave({ person, waitingId, origin }),
      extend: (leaseId: string, reason = '保存が終わりません') => office.waiting.extend({ person, leaseId, reason, origin }),
    };
  };
  const addUnit = async (name: string, parentId: string | null = null) => {
    const id = randomUUID();
    await database.insertInto('unit').values({ id, organisation_id: organisation.id, parent_id: parentId, name, created_at: clock.now() }).execute();
    return id;
  };
  /** Time passes; then what every process does each second. */
  const pass = async (seconds: number) => {
    clock.advance(seconds);
    await beatOnce(database, office.gatewayId);
    await office.sweeper.sweep();
    await office.distribution.run();
  };
  return { ...office, clock, organisation, worker, workerAt, addUnit, pass, setPolicy: (next: Policy | undefined) => (policy = next), policy: () => policy };
}
