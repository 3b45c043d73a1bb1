import type { Level, LevelInForce } from '../port.ts';
import type { SeatPolicy } from '../waiting/allocate.ts';
import { createOffice, type Lived } from './office.ts';
import { requestsOf, type Request } from './requests.ts';
import type { Scenario } from './scenario.ts';

export type Simulated = { readonly lived: readonly Lived[]; /** By slot: seats taken, people waiting. */ readonly load: readonly { readonly at: number; readonly taken: number; readonly waiting: number }[] };

/** What happens within so many milliseconds happens at once: live it takes a second at most. */
export const SLOT = 30_000;

/** Onset, as a time: nothing depends on which. */
const ONSET = Date.UTC(2026, 0, 1);

/** How long it is, and which level holds from which hour on; the first from 0. */
export type Day = { readonly hours: number; readonly levels: readonly { readonly level: Level; readonly from: number }[] };

/** Lives through a scenario under a policy, as {@link liveThrough}. */
export function simulate(scenario: Scenario, policy: SeatPolicy, onProgress?: (hours: number) => void): Simulated {
  const levels = scenario.levels.map(({ level, from }) => ({ level: String(level) as Level, from }));
  return liveThrough(requestsOf(scenario), { hours: scenario.hours, levels }, policy, onProgress);
}

/**
 * Lives through a day under a policy, on a clock of its own.
 * @param requests in the order in which they ask
 * @param onProgress told the hours that have passed, each hour
 */
export function liveThrough(requests: readonly Request[], day: Day, policy: SeatPolicy, onProgress: (hours: number) => void = () => undefined): Simulated {
  const asking = requests.map((request): Lived => ({ request, admittedAt: undefined, waited: 0, displaced: 0, displacedFor: 0, outcome: 'not-yet' }));
  const office = createOffice(policy, [...new Set(asking.map(({ request }) => request.path[0] ?? ''))], ONSET);
  const until = day.hours * 3_600_000;
  const load: Simulated['load'][number][] = [];
  let next = 0;
  let hour = 0;

  for (let at = 0; at < until; at += SLOT) {
    for (let one = asking[next]; one !== undefined && one.request.asksAt < at + SLOT; one = asking[next += 1]) office.ask(one, at);
    office.step(at, levelAt(day, at));
    load.push({ at, taken: office.taken(), waiting: office.standing.length });
    if (Math.floor(at / 3_600_000) > hour) onProgress((hour = Math.floor(at / 3_600_000)));
  }
  for (const { lived, since } of office.standing) lived.waited += until - since;
  return { lived: asking, load };
}

function levelAt({ levels }: Day, at: number): LevelInForce {
  const found = levels.findLast(({ from }) => from * 3_600_000 <= at) ?? levels[0]!;
  return { number: 1, level: found.level, onset: new Date(ONSET), since: new Date(ONSET + found.from * 3_600_000) };
}
