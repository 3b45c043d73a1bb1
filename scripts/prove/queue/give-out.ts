import type { allocate, Allocation, placesIn } from '../../../broker/waiting/allocate.ts';
import type { hasRoomForAll } from '../../../broker/seats/room-for-all.ts';
import { seenAs } from '../../../broker/waiting/seen-as.ts';
import type { Office } from './office.ts';
import { desktopFor, seat, stateOf } from './seating.ts';
import type { Witness } from './port.ts';

export type Rules = { readonly allocate: typeof allocate; readonly placesIn: typeof placesIn; readonly hasRoomForAll: typeof hasRoomForAll };

/** What every process does each second. */
export function giveOut(office: Office, witness: Witness, rules: Rules): void {
  const now = new Date(office.now);
  const plan = () => rules.allocate(stateOf(office), office.policy, now);
  // While somebody is let in, others may have a seat or a desktop that was held back for them.
  let allocation = plan();
  for (; allocation.grants.length > 0; allocation = plan()) letIn(office, allocation.grants, witness);
  const { notices, passed, kept } = allocation;
  witness.noticed(office, notices, passed);
  const told = new Map([...notices, ...passed].map(({ holder, entry }) => [holder.leaseId, entry.id]));
  const until = new Map(notices.map(({ holder, grace }) => [holder.leaseId, office.now + grace * 1000]));
  const staying = new Set(kept.map(({ leaseId }) => leaseId));
  office.seated = office.seated.map((one) =>
    staying.has(one.leaseId) ? { ...one, yieldsTo: undefined, endsAt: undefined, extended: false } : told.has(one.leaseId) ? { ...one, yieldsTo: told.get(one.leaseId)!, endsAt: until.get(one.leaseId) ?? one.endsAt } : one,
  );
  const shown = rules.placesIn(stateOf(office), office.policy, now);
  const seen = new Map(seenAs(shown, new Set(office.seated.flatMap(({ yieldsTo }) => yieldsTo ?? []))).map((one) => [one.id, one]));
  office.waiting = office.waiting.map((one) => ({ ...one, ...seen.get(one.id) }));
  witness.after(office, shown);
  if (notices.length + passed.length + kept.length > 0) witness.again(plan());
}

function letIn(office: Office, grants: Allocation['grants'], witness: Witness): void {
  for (const { entry, surplus } of grants) {
    const { desktopId, poolId } = entry;
    const person = { ...office.people.find(({ id }) => id === entry.personId)!, desktopId, poolId };
    const given = desktopFor(office, person);
    if (given === undefined) throw new Error(`${entry.id} was given a seat without a desktop`);
    seat(office, person, given, { surplus, opens: true, asking: false, witness });
  }
}
