import type { SeatState } from '../../../broker/waiting/entry.ts';
import { urgencyOf } from '../../../broker/waiting/order.ts';
import type { Office, Person, Seated, Standing } from './office.ts';
import type { Witness } from './port.ts';

/** Desktops that a person may get now: free, and no other person's OS session on them. */
export function desktopFor(office: Office, { id, desktopId, poolId }: Pick<Person, 'id' | 'desktopId' | 'poolId'>): string | undefined {
  const candidates = desktopId !== undefined ? [desktopId] : (office.pools.get(poolId ?? '') ?? []);
  const free = candidates.filter((one) => isFree(office, one, id));
  return free.find((one) => office.residual.get(one) === id) ?? free[0];
}

function isFree({ seated, residual }: Office, desktopId: string, personId: string): boolean {
  return !seated.some((holder) => holder.desktopId === desktopId) && (residual.get(desktopId) ?? personId) === personId;
}

/** What the rules are given. */
export function stateOf(office: Office): SeatState {
  const { seated, waiting, pools, poolSeats, residual, now, policy, levels } = office;
  const asked = new Set(waiting.flatMap(({ desktopId }) => desktopId ?? []));
  return {
    holders: seated,
    waiting: waiting.map((entry) => ({
      ...entry,
      present: now - entry.seenAt < policy.durations.absentAfter * 1000,
      own: (entry.desktopId !== undefined ? [entry.desktopId] : (pools.get(entry.poolId ?? '') ?? [])).some((id) => residual.get(id) === entry.personId && isFree(office, id, entry.personId)),
    })),
    levels,
    poolSeats,
    poolRoom: new Map([...pools].map(([id, desktops]) => [id, desktops.filter((desktop) => isFree(office, desktop, '')).length])),
    desktopRoom: new Map([...asked].map((desktop) => [desktop, isFree(office, desktop, '') ? 1 : 0])),
  };
}

export function entryOf({ id, organisationId, path, class: priorityClass, targetSeconds, weight, desktopId, poolId }: Person, at: number): Omit<Standing, 'id' | 'returning' | 'due'> {
  return { personId: id, organisationId, path, class: priorityClass, targetSeconds, weight, desktopId, poolId, promised: false, present: true, own: false, arrivedAt: new Date(at), seenAt: at, countsAs: urgencyOf(priorityClass) };
}

export function seat(office: Office, person: Person, desktopId: string, { surplus, opens, asking, witness }: { surplus: boolean; opens: boolean; asking: boolean; witness: Witness }): void {
  const at = new Date(office.now);
  const seated: Seated = {
    leaseId: `l${office.next++}`,
    personId: person.id,
    organisationId: person.organisationId,
    path: person.path,
    class: person.class,
    weight: person.weight,
    desktopId,
    poolId: person.poolId,
    seatedAt: at,
    idleSince: at,
    surplus,
    yieldsTo: undefined,
    closing: false,
    sitDownBy: opens ? undefined : office.now + office.policy.durations.sitDown * 1000,
    endsAt: undefined,
    extended: false,
  };
  witness.granted(office, seated, person, asking);
  const open = office.waiting.find(({ personId }) => personId === person.id);
  if (open !== undefined) leave(office, open.id, 'admitted');
  office.seated.push(seated);
  if (opens) office.residual.set(desktopId, person.id);
}

export function end(office: Office, seated: Seated, because: string, logsOff: boolean): void {
  office.seated = office.seated.filter((one) => one.leaseId !== seated.leaseId);
  office.ended.set(seated.leaseId, because);
  if (logsOff && office.residual.get(seated.desktopId) === seated.personId) office.residual.delete(seated.desktopId);
}

export function leave(office: Office, id: string, because: string): void {
  office.waiting = office.waiting.filter((one) => one.id !== id);
  office.ended.set(id, because);
}
