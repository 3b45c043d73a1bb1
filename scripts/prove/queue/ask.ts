import { isDue } from '../../../broker/policy/due.ts';
import { lacksOfTotal, whyNoSeat } from '../../../broker/seats/counts.ts';
import { createLedger } from '../../../broker/seats/ledger.ts';
import { isBefore } from '../../../broker/waiting/order.ts';
import type { Office, Person } from './office.ts';
import { desktopFor, entryOf, seat } from './seating.ts';
import type { Witness } from './port.ts';

/** A request as it is decided before anybody is asked to wait. */
export function ask(office: Office, person: Person, opens: boolean, witness: Witness): void {
  if (office.seated.some(({ personId }) => personId === person.id)) return;
  const open = office.waiting.find(({ personId }) => personId === person.id);
  const asked = open === undefined ? person : { ...person, desktopId: open.desktopId, poolId: open.poolId };
  const desktopId = desktopFor(office, asked);
  const ledger = createLedger(office.policy.capacity, office.poolSeats);
  for (const holder of office.seated) ledger.take(holder);
  const { reserve, surplusKeeps } = office.policy.capacity;
  const due = isDue(office.policy, office.levels.get(person.organisationId)!, person, new Date(office.now));
  const seatAsk = { weight: person.weight, class: person.class, due, reserve, surplusKeeps };
  const counts = ledger.countsFor(asked);
  const missing = whyNoSeat(counts, seatAsk);
  const guaranteed = person.weight <= (counts.find(({ scope }) => scope === 'total')?.own ?? 0);
  if (desktopId !== undefined && missing === undefined && !othersBefore(office, asked, { due, guaranteed, desktopId })) {
    seat(office, asked, desktopId, { surplus: !due, opens, asking: true, witness });
  } else if (open !== undefined) {
    office.waiting = office.waiting.map((one) => (one === open ? { ...open, seenAt: office.now } : one));
  } else {
    office.waiting.push({ ...entryOf(person, office.now), id: `w${office.next++}`, returning: false, due, lacksOfTotal: desktopId !== undefined && lacksOfTotal(counts, seatAsk) });
  }
}

function othersBefore(office: Office, person: Person, { due, guaranteed, desktopId }: { due: boolean; guaranteed: boolean; desktopId: string }): boolean {
  const present = office.waiting.filter(({ seenAt, personId }) => office.now - seenAt < office.policy.durations.absentAfter * 1000 && personId !== person.id);
  const least = (among: typeof present) => (among.length === 0 ? null : Math.min(...among.map(({ countsAs }) => countsAs)));
  const first = (among: typeof present) => ({ due: least(among.filter((one) => one.due)), notDue: least(among.filter((one) => !one.due)) });
  const lacking = present.filter((one) => one.lacksOfTotal);
  // Of the pool waits who asked for the pool; who asked for one desktop of it waits for that.
  const forTheSame = present.filter((one) => (one.desktopId !== undefined ? one.desktopId === person.desktopId : one.poolId !== undefined && one.poolId === person.poolId));
  const lines = [first(guaranteed ? lacking.filter(({ path }) => path.join() === person.path.join()) : lacking), ...(office.residual.get(desktopId) === person.id ? [] : [first(forTheSame)])];
  return lines.some((line) => isBefore(line, { due, class: person.class }));
}
