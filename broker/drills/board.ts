import { classesOf } from '../board/classes.ts';
import { phaseOf } from '../board/phase.ts';
import { countSeats } from '../board/seats.ts';
import type { Board, BoardDuty, BoardPlace, BoardPreemption, PriorityClass } from '../port.ts';
import type { Place } from '../waiting/allocate.ts';
import { resultOf } from './result.ts';
import type { Shadow } from './shadow.ts';
import type { StoredDrill } from './store.ts';

/** What the situation board shows of a drill: the same, on the drill's clock. Whoever is played has no name. */
export function boardOf(drill: StoredDrill, { play, policy, names }: Shadow): Board {
  const [level, now] = [play.level(), play.now()];
  const state = play.office.state(level);
  const places = play.places();
  const rules = { ...policy, capacity: { ...policy.capacity, total: drill.seats } };
  const phase = phaseOf(rules, level, now);
  return {
    at: now,
    drill: { id: drill.id, name: drill.name },
    inForce: level,
    ...(phase && { phase }),
    seats: { ...countSeats(rules.capacity, state, drill.organisationName), offered: 0, pools: [] },
    classes: classesOf(drill.organisationName, { holders: state.holders, places }, now),
    duties: dutiesOf(drill, { play, policy, names }),
    waiting: placesOf({ play, policy, names }, places),
    preemptions: preemptionsOf({ play, policy, names }, drill.startedAt.getTime()),
  };
}

/** A board shows no more places and preemptions than these. */
const SHOWN = 100;

function placesOf({ play, names }: Shadow, places: readonly Place[]): BoardPlace[] {
  const livedOf = new Map(play.office.standing.map(({ entry, lived }) => [entry.id, lived]));
  const persons = new Map([...play.parts.values()].map(({ lived, name }) => [lived, name]));
  return places.slice(0, SHOWN).flatMap(({ standing: { entry, lifted }, place, reasons }) => {
    const lived = livedOf.get(entry.id);
    if (lived === undefined) return [];
    const { class: priorityClass, arrivedAt, returning, present, path } = entry;
    return [{ id: entry.id, place, person: persons.get(lived) ?? '', unit: path.at(-1) ?? '', dutyName: names.get(lived.request.duty) ?? '', class: priorityClass, arrivedAt, returning, lifted, present, reasons }];
  });
}

function preemptionsOf({ play, names }: Shadow, onset: number): BoardPreemption[] {
  const nameOf = (duty: string) => names.get(duty) ?? '';
  return play.office.yielding
    .filter(({ outcome, endsAt }) => outcome === 'running' || endsAt > play.elapsed() - HOUR)
    .toReversed()
    .slice(0, SHOWN)
    .map(({ id, lived, needing, noticedAt, endsAt, outcome }) => ({
      id,
      dutyName: nameOf(lived.request.duty),
      class: lived.request.class,
      forDutyName: nameOf(needing.request.duty),
      forClass: needing.request.class,
      noticedAt: new Date(onset + noticedAt),
      endsAt: new Date(onset + endsAt),
      extended: false,
      outcome,
    }));
}

const HOUR = 3_600_000;

/** Every duty that somebody holds, whether or not anybody has asked for it yet. */
function dutiesOf({ roster, startedAt }: StoredDrill, { play, policy, names }: Shadow): BoardDuty[] {
  const reported = new Map(resultOf(play, names, policy).duties.map((duty) => [duty.dutyId, duty]));
  const known = new Map<string, { class: PriorityClass; targetSeconds: number | null; people: number }>();
  for (const { dutyId, class: priorityClass, targetSeconds, people } of roster) known.set(dutyId, { class: priorityClass, targetSeconds, people: (known.get(dutyId)?.people ?? 0) + people });
  for (const { dutyId, class: priorityClass, target, people } of reported.values()) if (!known.has(dutyId)) known.set(dutyId, { class: priorityClass, targetSeconds: target, people });
  const at = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000);
  const rows = [...known].map(([dutyId, { class: priorityClass, targetSeconds, people }]): BoardDuty => {
    const duty = reported.get(dutyId);
    const waiting = play.office.standing.filter(({ lived }) => lived.request.duty === dutyId);
    const since = Math.min(...waiting.map((one) => one.since));
    return {
      dutyId,
      name: names.get(dutyId) ?? '',
      class: priorityClass,
      people,
      sessions: play.office.sitting.filter(({ lived }) => lived.request.duty === dutyId).length,
      waiting: waiting.length,
      ...(waiting.length > 0 && { longestWait: Math.max(0, Math.round((play.elapsed() - since) / 1000)) }),
      targetAt: at(targetSeconds ?? policy.classes[priorityClass].target),
      ...(duty?.achieved !== undefined && { firstAdmittedAt: at(duty.achieved) }),
      standing: duty?.standing ?? 'not-asked-for',
    };
  });
  return rows.toSorted((one, other) => (one.class < other.class ? -1 : one.class > other.class ? 1 : one.name < other.name ? -1 : 1));
}
