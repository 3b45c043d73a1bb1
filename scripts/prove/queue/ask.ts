import { isDue } from '../../../broker/policy/due.ts';
import { whyNoSeat, type SeatAsk, type SeatCount } from '../../../broker/seats/counts.ts';
import { createLedger } from '../../../broker/seats/ledger.ts';
import { lastBefore } from '../../../broker/waiting/order.ts';
import type { Rules } from './give-out.ts';
import type { Office, Person } from './office.ts';
import { desktopFor, entryOf, seat } from './seating.ts';
import type { Witness } from './port.ts';

/** A request as it is decided before anybody is asked to wait. */
export function ask(office: Office, person: Person, opens: boolean, { witness, rules }: { readonly witness: Witness; readonly rules: Pick<Rules, 'hasRoomForAll'> }): void {
  if (office.seated.some(({ personId }) => personId === person.id)) return;
  const open = office.waiting.find(({ personId }) => personId === person.id);
  const asked = open === undefined ? person : { ...person, desktopId: open.desktopId, poolId: open.poolId };
  const desktopId = desktopFor(office, asked);
  const ledger = createLedger(office.policy.capacity, office.poolSeats);
  for (const holder of office.seated) ledger.take(holder);
  const { reserve, surplusKeeps } = office.policy.capacity;
  const due = isDue(office.policy, office.levels.get(person.organisationId)!, person, new Date(office.now));
  const seatAsk: SeatAsk = { weight: person.weight, class: person.class, due, reserve, surplusKeeps };
  const counts = ledger.countsFor(asked);
  const missing = whyNoSeat(counts, seatAsk);
  if (desktopId !== undefined && missing === undefined && !othersBefore(office, asked, { ask: seatAsk, counts, desktopId, rules })) {
    seat(office, asked, desktopId, { surplus: !due, opens, asking: true, witness });
  } else if (open !== undefined) {
    office.waiting = office.waiting.map((one) => (one === open ? { ...open, seenAt: office.now } : one));
  } else {
    office.waiting.push({ ...entryOf(person, office.now), id: `w${office.next++}`, returning: false, due });
  }
}

function othersBefore(office: Office, person: Person, { ask: seatAsk, counts, desktopId, rules }: { ask: SeatAsk; counts: readonly SeatCount[]; desktopId: string; rules: Pick<Rules, 'hasRoomForAll'> }): boolean {
  const last = lastBefore(seatAsk);
  const before = office.waiting.filter(({ seenAt, personId, due, countsAs }) => office.now - seenAt < office.policy.durations.absentAfter * 1000 && personId !== person.id && countsAs <= (due ? last.due : last.notDue));
  const wanted = (among: typeof before) => among.reduce((sum, { weight }) => sum + weight, 0);
  const inShare = (depth: number) => wanted(before.filter(({ path }) => path.slice(0, depth).join() === person.path.slice(0, depth).join()));
  // Of the pool waits who asked for the pool; who asked for one desktop of it waits for that.
  const forTheSame = before.some((one) => (one.desktopId !== undefined ? one.desktopId === desktopId : one.poolId !== undefined && one.poolId === person.poolId));
  const inPool = before.filter(({ poolId }) => poolId !== undefined && poolId === person.poolId);
  const shares = Object.fromEntries(person.path.map((_, index) => [index + 1, inShare(index + 1)]));
  return (forTheSame && office.residual.get(desktopId) !== person.id) || !rules.hasRoomForAll(counts, seatAsk, { total: wanted(before), shares, pool: wanted(inPool) });
}
