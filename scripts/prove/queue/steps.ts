import { hasRoomForAll } from '../../../broker/seats/room-for-all.ts';
import { allocate, placesIn } from '../../../broker/waiting/allocate.ts';
import { ask } from './ask.ts';
import { giveOut, type Rules } from './give-out.ts';
import { ORGANISATIONS, randomLevel, type Office } from './office.ts';
import type { Witness } from './port.ts';
import type { Random } from './random.ts';
import { end, entryOf, leave } from './seating.ts';

/** Seconds; now and then a clock goes back, and now and then far ahead. */
const PAUSES = [0, 1, 30, 60, 61, 120, 181, 300, 301, 600, 900, 900, 1_801, 3_600, -30, 21_600] as const;

/** One random thing happens, and then mostly what every process does each second. */
export function step(office: Office, random: Random, witness: Witness, rules: Rules = { allocate, placesIn, hasRoomForAll }): void {
  const { now, levels } = office;
  const what = random.below(100);
  const person = random.oneOf(office.people);
  const seated = office.seated.length > 0 ? random.oneOf(office.seated) : undefined;
  const place = office.waiting.length > 0 ? random.oneOf(office.waiting) : undefined;
  if (what < 45) ask(office, person, random.chance(85), { witness, rules });
  else if (what < 53 && seated !== undefined) end(office, seated, 'ended-by-owner', random.chance(60));
  else if (what < 57 && place !== undefined) leave(office, place.id, 'left');
  else if (what < 61 && seated?.endsAt !== undefined && !seated.extended) office.seated = office.seated.map((one) => (one === seated ? { ...seated, endsAt: seated.endsAt! + office.policy.durations.extension * 1000, extended: true } : one));
  else if (what < 64 && seated !== undefined) office.seated = office.seated.map((one) => (one === seated ? { ...seated, idleSince: new Date(office.now) } : one));
  else if (what < 70) office.levels = new Map([...office.levels, ...ORGANISATIONS.filter(() => random.chance(50)).map((name) => [name, randomLevel(random, office.levels.get(name)!.number + 1, office.now)] as const)]);
  else office.now += 1000 * random.oneOf(PAUSES);
  // Most pages are looked at all the time.
  office.waiting = office.waiting.map((one) => (random.chance(85) ? { ...one, seenAt: office.now } : one));
  sweep(office, random);
  // Between two looks people come and go as well. What a second changes by itself, what is due and who has waited long, the next look finds.
  if (office.now !== now || office.levels !== levels || random.chance(75)) giveOut(office, witness, rules);
}

/** What is over by its own deadline. Whoever yields comes back to the queue, to the same desktop. */
function sweep(office: Office, random: Random): void {
  for (const seated of office.seated) {
    if (seated.sitDownBy !== undefined && seated.sitDownBy <= office.now) {
      // Opened in time, or given on.
      if (random.chance(50)) {
        office.seated = office.seated.map((one) => (one.leaseId === seated.leaseId ? { ...one, sitDownBy: undefined } : one));
        office.residual.set(seated.desktopId, seated.personId);
      } else end(office, seated, 'not-used', true);
    } else if (seated.endsAt !== undefined && seated.endsAt <= office.now) {
      end(office, seated, 'preempted', false);
      office.waiting = office.waiting.map((one) => (one.id === seated.yieldsTo ? { ...one, promised: true } : one));
      if (office.waiting.some(({ personId }) => personId === seated.personId)) continue;
      const person = office.people.find(({ id }) => id === seated.personId)!;
      // To the same desktop, where the OS session lives; who never opened it waits for what was asked for.
      const { desktopId, poolId } = office.residual.get(seated.desktopId) === person.id ? seated : person;
      office.waiting.push({ ...entryOf({ ...person, desktopId, poolId }, office.now), id: `w${office.next++}`, returning: true, due: !seated.surplus });
    }
  }
  for (const { id, seenAt } of office.waiting) if (office.now - seenAt >= office.policy.durations.placeKept * 1000) leave(office, id, 'not-seen');
}
