import type { Policy } from '../policy/index.ts';
import type { DrillDuty, DrillResult } from '../port.ts';
import type { Lived } from '../simulation/office.ts';
import type { Play } from './play.ts';

/** What is due at once is met by whoever is let in within the minute in which a person can be, or within two steps of the drill's clock; in milliseconds. */
const immediately = ({ step }: Play) => Math.max(60_000, 2 * step);

/** What a drill has shown: for each duty that was asked for, the achieved time against the target time (目標時間). */
export function resultOf(play: Play, names: ReadonlyMap<string, string>, { classes }: Pick<Policy, 'classes'>): DrillResult {
  const elapsed = play.elapsed();
  const asked = play.lived.filter(({ outcome }) => outcome !== 'not-yet');
  const inPerson = new Set([...play.parts.values()].map(({ lived }) => lived));
  const waitsSince = new Map(play.office.standing.map(({ lived, since }) => [lived, since]));
  const targetOf = ({ request }: Lived) => (request.targetSeconds ?? classes[request.class].target) * 1000;
  const isMet = (one: Lived) => one.admittedAt !== undefined && one.admittedAt <= Math.max(targetOf(one), one.request.asksAt) + immediately(play);

  const duties = [...Map.groupBy(asked, ({ request }) => request.duty)].map(([dutyId, own]): DrillDuty => {
    const target = targetOf(own[0]!);
    const admitted = own.flatMap(({ admittedAt }) => (admittedAt === undefined ? [] : [admittedAt]));
    const waits = own.map((one) => (one.admittedAt ?? elapsed) - one.request.asksAt).toSorted((one, other) => one - other);
    const achieved = admitted.length === 0 ? undefined : Math.min(...admitted);
    return {
      dutyId,
      name: names.get(dutyId) ?? '',
      class: own[0]!.request.class,
      people: own.length,
      tookPart: own.filter((one) => inPerson.has(one)).length,
      admitted: admitted.length,
      target: seconds(target),
      ...(achieved !== undefined && { achieved: seconds(achieved) }),
      medianWait: seconds(Math.max(0, waits[Math.floor(waits.length / 2)] ?? 0)),
      longestWait: seconds(Math.max(0, waits.at(-1) ?? 0, ...own.map((one) => elapsed - (waitsSince.get(one) ?? elapsed)))),
      displaced: own.reduce((sum, one) => sum + one.displaced, 0),
      metTarget: share(own.filter(isMet).length, own.length),
      standing: standingOf({ achieved, target: target + immediately(play), elapsed }),
    };
  });
  return {
    elapsed: seconds(elapsed),
    people: asked.length,
    mostTaken: play.most.taken,
    mostWaiting: play.most.waiting,
    preemptions: play.office.yielding.filter(({ outcome }) => outcome === 'yielded').length,
    metTarget: share(asked.filter(isMet).length, asked.length),
    duties: duties.toSorted((one, other) => (one.class < other.class ? -1 : one.class > other.class ? 1 : one.name < other.name ? -1 : 1)),
  };
}

function standingOf({ achieved, target, elapsed }: { achieved: number | undefined; target: number; elapsed: number }): DrillDuty['standing'] {
  if (achieved !== undefined) return achieved <= target ? 'met' : 'missed';
  return elapsed <= target ? 'running' : 'missed';
}

const seconds = (milliseconds: number) => Math.round(milliseconds / 1000);
const share = (part: number, whole: number) => (whole === 0 ? 1 : Number((part / whole).toFixed(4)));
