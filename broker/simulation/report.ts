import type { Policy } from '../policy/index.ts';
import type { PriorityClass } from '../port.ts';
import type { Lived } from './office.ts';
import type { Simulated } from './simulate.ts';
import { SLOT } from './simulate.ts';

/** What a simulated day was like for one duty. Waits in seconds. */
export type DutyReport = {
  readonly duty: string;
  readonly class: PriorityClass;
  readonly people: number;
  readonly admitted: number;
  readonly gaveUp: number;
  /** Of those who asked. */
  readonly waiting: number;
  readonly medianWait: number;
  readonly p90Wait: number;
  readonly longestWait: number;
  /** Share, 0 to 1, of those who could work by the target time, or within the slot in which they asked later than that. */
  readonly metTarget: number;
  readonly displaced: number;
  /** Until they were back, on average. */
  readonly displacedSeconds: number;
};

export type Report = { readonly duties: readonly DutyReport[]; readonly mostTaken: number; readonly mostWaiting: number; readonly people: number; readonly displaced: number; readonly metTarget: number };

export function reportOf({ lived, load }: Simulated, classes: Policy['classes']): Report {
  const asked = lived.filter(({ outcome }) => outcome !== 'not-yet');
  const groups = Map.groupBy(asked, ({ request }) => request.duty);
  const duties = [...groups].map(([duty, own]) => dutyReport(duty, own, classes)).toSorted((one, other) => (one.class < other.class ? -1 : one.class > other.class ? 1 : one.duty < other.duty ? -1 : 1));
  return {
    duties,
    mostTaken: Math.max(0, ...load.map(({ taken }) => taken)),
    mostWaiting: Math.max(0, ...load.map(({ waiting }) => waiting)),
    people: asked.length,
    displaced: asked.reduce((sum, one) => sum + one.displaced, 0),
    metTarget: share(asked.filter((one) => isMet(one, classes)).length, asked.length),
  };
}

function dutyReport(duty: string, own: readonly Lived[], classes: Policy['classes']): DutyReport {
  const waits = own.map(({ admittedAt, waited, request }) => (admittedAt === undefined ? waited : Math.max(0, admittedAt - request.asksAt))).toSorted((one, other) => one - other);
  const at = (quantile: number) => Math.round((waits[Math.min(waits.length - 1, Math.floor(quantile * waits.length))] ?? 0) / 1000);
  const displaced = own.reduce((sum, one) => sum + one.displaced, 0);
  return {
    duty,
    class: own[0]!.request.class,
    people: own.length,
    admitted: own.filter(({ admittedAt }) => admittedAt !== undefined).length,
    gaveUp: own.filter(({ outcome }) => outcome === 'gave-up').length,
    waiting: own.filter(({ outcome }) => outcome === 'waiting').length,
    medianWait: at(0.5),
    p90Wait: at(0.9),
    longestWait: Math.round((waits.at(-1) ?? 0) / 1000),
    metTarget: share(own.filter((one) => isMet(one, classes)).length, own.length),
    displaced,
    displacedSeconds: displaced === 0 ? 0 : Math.round(own.reduce((sum, one) => sum + one.displacedFor, 0) / displaced / 1000),
  };
}

function isMet({ admittedAt, request }: Lived, classes: Policy['classes']): boolean {
  if (admittedAt === undefined) return false;
  const target = (request.targetSeconds ?? classes[request.class].target) * 1000;
  return admittedAt <= Math.max(target, request.asksAt + 2 * SLOT);
}

const share = (part: number, whole: number) => (whole === 0 ? 1 : Number((part / whole).toFixed(4)));
