import { createOffice, type Lived, type ShadowOffice } from '../simulation/office.ts';
import { randomFrom } from '../simulation/random.ts';
import type { Request } from '../simulation/requests.ts';
import type { ContinuityEvent, Level, LevelInForce } from '../port.ts';
import { placesIn, type Place, type SeatPolicy } from '../waiting/allocate.ts';
import type { Act } from './act.ts';
import type { Group } from './roster.ts';

/** What a drill's state follows from, besides the acts and the clock. */
export type Setting = {
  readonly event: ContinuityEvent;
  readonly level: Level;
  readonly seats: number;
  readonly pace: number;
  readonly turnout: number;
  readonly asksWithin: number;
  readonly seed: number;
  readonly roster: readonly Group[];
  readonly organisationName: string;
  readonly startedAt: Date;
};

/**
 * A drill as it is lived: a function of its setting, the acts and the seconds that have passed, so that every process that plays it comes to
 * the same. One second of the real clock is one step; the drill's own clock moves on by `pace` seconds in it.
 */
export type Play = {
  /** Plays so many seconds further. Acts of seconds that are played already are too late. */
  advance(seconds: number): void;
  /** False: it happened in a second that is played already, so the play has to begin anew. */
  take(act: Act): boolean;
  /** Seconds that are played. */
  readonly played: number;
  /** Milliseconds of the drill's clock in a second. */
  readonly step: number;
  readonly office: ShadowOffice;
  readonly lived: readonly Lived[];
  /** What each person who takes part does; the last counts. */
  readonly parts: ReadonlyMap<string, Part>;
  readonly most: { readonly taken: number; readonly waiting: number };
  level(): LevelInForce;
  /** How everybody stands who waits, in order; reckoned once a second for all who look. */
  places(): readonly Place[];
  /** Milliseconds of the drill's clock since the onset. */
  elapsed(): number;
  /** The drill's clock as a time. */
  now(): Date;
};

export type Part = { readonly lived: Lived; readonly name: string; readonly duty: string; readonly left: boolean };

/** Median of a played person's work, in hours, and how far they differ. */
const [STAYS, SPREAD] = [4, 0.5] as const;
const HOUR = 3_600_000;

export function createPlay(setting: Setting, policy: SeatPolicy): Play {
  const onset = setting.startedAt.getTime();
  const rules = { ...policy, capacity: { ...policy.capacity, total: setting.seats } };
  const office = createOffice(rules, [setting.organisationName], onset);
  const asking = playedBy(setting);
  const lived: Lived[] = asking.map(livedOf);
  const replaced = new Set<Lived>();
  const parts = new Map<string, Part>();
  const most = { taken: 0, waiting: 0 };
  const acts: Act[] = [];
  let inForce: LevelInForce = { number: 0, level: setting.level, event: setting.event, onset: setting.startedAt, since: setting.startedAt };
  let [next, played] = [0, 0];
  let reckoned: { readonly played: number; readonly places: readonly Place[] } | undefined;

  const at = () => played * setting.pace * 1000;
  const leave = (personId: string) => {
    const part = parts.get(personId);
    if (part === undefined || part.left) return;
    office.leave(part.lived, at());
    parts.set(personId, { ...part, left: true });
  };
  const apply = (act: Act) => {
    if (act.kind === 'level') inForce = { ...inForce, number: inForce.number + 1, level: act.level, since: new Date(onset + at()) };
    if (act.kind === 'leave') leave(act.personId);
    if (act.kind !== 'ask') return;
    const { dutyId, duty, class: priorityClass, targetSeconds, path, weight, name } = act.asked;
    leave(act.personId);
    // Whoever comes in person is not played as well.
    const double = lived.findLast((one) => one.outcome === 'not-yet' && !replaced.has(one) && one.request.duty === dutyId && one.request.path.join('/') === path.join('/'));
    if (double !== undefined) replaced.add(double);
    const one = livedOf({ id: `${act.personId}-${act.number}`, duty: dutyId, class: priorityClass, targetSeconds, path, weight, asksAt: at(), stays: Number.POSITIVE_INFINITY, patience: undefined });
    lived.push(one);
    office.ask(one, at());
    parts.set(act.personId, { lived: one, name, duty, left: false });
  };
  return {
    advance(seconds) {
      for (const until = played + seconds; played < until; ) {
        played += 1;
        while (acts[0] !== undefined && secondOf(acts[0], onset) <= played) apply(acts.shift()!);
        for (; asking[next] !== undefined && asking[next]!.asksAt <= at(); next += 1) if (!replaced.has(lived[next]!)) office.ask(lived[next]!, at());
        office.step(at(), inForce);
        most.taken = Math.max(most.taken, office.taken());
        most.waiting = Math.max(most.waiting, office.standing.length);
      }
    },
    take(act) {
      if (secondOf(act, onset) <= played) return false;
      acts.push(act);
      return true;
    },
    get played() {
      return played;
    },
    step: setting.pace * 1000,
    office,
    get lived() {
      return lived.filter((one) => !replaced.has(one));
    },
    parts,
    most,
    level: () => inForce,
    places() {
      if (reckoned?.played !== played) reckoned = { played, places: placesIn(office.state(inForce), rules, new Date(onset + at())) };
      return reckoned.places;
    },
    elapsed: at,
    now: () => new Date(onset + at()),
  };
}

/** The second in which an act counts; the first one is 1. */
const secondOf = ({ at }: Act, onset: number) => Math.max(1, Math.ceil((at.getTime() - onset) / 1000));

const livedOf = (request: Request): Lived => ({ request, admittedAt: undefined, waited: 0, displaced: 0, displacedFor: 0, outcome: 'not-yet' });

/** Those who are played, in the order in which they ask. */
function playedBy({ roster, turnout, asksWithin, seed }: Setting): readonly Request[] {
  const random = randomFrom(seed);
  const asked = roster.flatMap((group, index) =>
    Array.from({ length: Math.round((group.people * turnout) / 100) }, (_, number): Request => ({
      id: `played-${index}-${number}`,
      duty: group.dutyId,
      class: group.class,
      targetSeconds: group.targetSeconds,
      path: group.path,
      weight: 1,
      asksAt: random.next() * asksWithin * HOUR,
      stays: random.logNormal(STAYS, SPREAD) * HOUR,
      patience: undefined,
    })),
  );
  return asked.toSorted((one, other) => one.asksAt - other.asksAt);
}
