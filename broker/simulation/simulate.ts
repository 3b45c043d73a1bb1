import type { Level, LevelInForce } from '../port.ts';
import { allocate, type SeatPolicy } from '../waiting/allocate.ts';
import type { Entry, Holder } from '../waiting/entry.ts';
import { requestsOf, type Request } from './requests.ts';
import type { Scenario } from './scenario.ts';

/** What became of one request. Times in milliseconds since the onset. */
export type Lived = {
  readonly request: Request;
  /** First let in. */
  admittedAt: number | undefined;
  /** Waited in all, displacement included. */
  waited: number;
  /** How often the seat was given on, and for how long until it came back. */
  displaced: number;
  displacedFor: number;
  outcome: 'done' | 'working' | 'waiting' | 'gave-up' | 'not-yet';
};

export type Simulated = { readonly lived: readonly Lived[]; /** By slot: seats taken, people waiting. */ readonly load: readonly { readonly at: number; readonly taken: number; readonly waiting: number }[] };

/** What happens within so many milliseconds happens at once: live it takes a second at most. */
export const SLOT = 30_000;

/** Onset, as a time: nothing depends on which. */
const ONSET = Date.UTC(2026, 0, 1);

type Sitting = { readonly lived: Lived; readonly holder: Holder; readonly endsAt: number; readonly yieldsAt: number | undefined };
type Standing = { readonly lived: Lived; readonly entry: Entry; readonly since: number; readonly left: number; readonly displaced: boolean };

/**
 * Lives through a scenario under a policy, on a clock of its own: seats are given out, and taken, by the very function that does it live.
 * Everybody sits at an own desktop, looks at the waiting room all the time, and sits down at once.
 * @param onProgress told the hours that have passed, each hour
 */
export function simulate(scenario: Scenario, policy: SeatPolicy, onProgress: (hours: number) => void = () => undefined): Simulated {
  const asking = requestsOf(scenario).map((request): Lived => ({ request, admittedAt: undefined, waited: 0, displaced: 0, displacedFor: 0, outcome: 'not-yet' }));
  const organisations = [...new Set(asking.map(({ request }) => request.path[0] ?? ''))];
  const until = scenario.hours * 3_600_000;
  const load: Simulated['load'][number][] = [];
  let next = 0;
  let sitting: Sitting[] = [];
  let standing: Standing[] = [];
  let names = 0;
  let hour = 0;

  for (let at = 0; at < until; at += SLOT) {
    const now = new Date(ONSET + at);
    const arrived: Standing[] = [];
    for (let one = asking[next]; one !== undefined && one.request.asksAt < at + SLOT; one = asking[next += 1]) {
      one.outcome = 'waiting';
      arrived.push({ lived: one, entry: entryOf(one.request, `w${(names += 1)}`, now, false), since: at, left: one.request.stays, displaced: false });
    }
    const leaving = sitting.filter(({ endsAt, yieldsAt }) => endsAt <= at || (yieldsAt !== undefined && yieldsAt <= at));
    for (const { lived, endsAt } of leaving) {
      if (endsAt <= at) {
        lived.outcome = 'done';
        continue;
      }
      // Disconnected and not logged off: the rest of the work is done after the return.
      lived.outcome = 'waiting';
      lived.displaced += 1;
      arrived.push({ lived, entry: entryOf(lived.request, `w${(names += 1)}`, now, true), since: at, left: endsAt - at, displaced: true });
    }
    const promised = new Set(leaving.flatMap(({ holder: { yieldsTo }, endsAt }) => (endsAt > at && yieldsTo !== undefined ? [yieldsTo] : [])));
    const gone = standing.filter(({ lived, since }) => lived.request.patience !== undefined && lived.admittedAt === undefined && at - since >= lived.request.patience);
    for (const { lived, since } of gone) [lived.outcome, lived.waited] = ['gave-up', lived.waited + at - since];
    sitting = sitting.filter((one) => !leaving.includes(one));
    standing = [...standing.filter((one) => !gone.includes(one)).map((one) => (promised.has(one.entry.id) ? { ...one, entry: { ...one.entry, promised: true } } : one)), ...arrived];

    if (standing.length > 0 || sitting.some(({ yieldsAt }) => yieldsAt !== undefined)) {
      const level = levelAt(scenario, at);
      const state = { holders: sitting.map(({ holder }) => holder), waiting: standing.map(({ entry }) => entry), levels: new Map(organisations.map((name) => [name, level])), ...OWN_DESKTOPS };
      const { grants, notices, passed, kept } = allocate(state, policy, now);
      const granted = new Map(grants.map((grant) => [grant.entry.id, grant]));
      for (const one of standing) {
        const grant = granted.get(one.entry.id);
        if (grant === undefined) continue;
        const { lived } = one;
        lived.admittedAt ??= at;
        lived.outcome = 'working';
        lived.waited += at - one.since;
        if (one.displaced) lived.displacedFor += at - one.since;
        sitting.push({ lived, holder: holderOf(lived.request, `l${(names += 1)}`, now, grant.surplus), endsAt: at + one.left, yieldsAt: undefined });
      }
      standing = standing.filter(({ entry }) => !granted.has(entry.id));
      const noticed = new Map(notices.map((notice) => [notice.holder.leaseId, notice]));
      const staying = new Set(kept.map(({ leaseId }) => leaseId));
      const passedTo = new Map(passed.map(({ holder, entry }) => [holder.leaseId, entry.id]));
      sitting = sitting.map((one) => {
        const notice = noticed.get(one.holder.leaseId);
        if (notice !== undefined) return { ...one, holder: { ...one.holder, yieldsTo: notice.entry.id }, yieldsAt: at + notice.grace * 1000 };
        const next = passedTo.get(one.holder.leaseId);
        if (next !== undefined) return { ...one, holder: { ...one.holder, yieldsTo: next } };
        return staying.has(one.holder.leaseId) ? { ...one, holder: { ...one.holder, yieldsTo: undefined }, yieldsAt: undefined } : one;
      });
    }
    load.push({ at, taken: sitting.reduce((sum, { holder }) => sum + holder.weight, 0), waiting: standing.length });
    if (Math.floor(at / 3_600_000) > hour) onProgress((hour = Math.floor(at / 3_600_000)));
  }
  for (const { lived, since } of standing) lived.waited += until - since;
  return { lived: asking, load };
}

const OWN_DESKTOPS = { poolSeats: new Map<string, number>(), poolRoom: new Map<string, number>(), desktopRoom: new Map<string, number>() };

const common = ({ id, path, class: priorityClass, weight }: Request) => ({ personId: id, organisationId: path[0] ?? '', path, class: priorityClass, weight, desktopId: id, poolId: undefined });

function entryOf(request: Request, id: string, now: Date, returning: boolean): Entry {
  return { ...common(request), id, targetSeconds: request.targetSeconds, arrivedAt: now, returning, promised: false, present: true, own: returning };
}

function holderOf(request: Request, leaseId: string, now: Date, surplus: boolean): Holder {
  return { ...common(request), leaseId, seatedAt: now, idleSince: now, surplus, yieldsTo: undefined, closing: false };
}

function levelAt({ levels }: Scenario, at: number): LevelInForce {
  const found = levels.findLast(({ from }) => from * 3_600_000 <= at) ?? levels[0]!;
  return { number: 1, level: String(found.level) as Level, onset: new Date(ONSET), since: new Date(ONSET + found.from * 3_600_000) };
}
