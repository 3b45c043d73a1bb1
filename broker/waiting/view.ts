import { OF_THE_DESKTOP } from '../admission/reasons.ts';
import type { Policy } from '../policy/index.ts';
import type { Code, Freeing, Help, PriorityClass, WaitEndedBecause, WaitingView } from '../port.ts';
import { estimateOf } from './estimate.ts';
import { WINDOW_SECONDS, type Queue } from './outlook.ts';

/** One place as it is stored, with the names that people read. */
export type StoredPlace = {
  readonly id: string;
  readonly desktopId: string | null;
  readonly poolId: string | null;
  readonly name: string;
  readonly dutyId: string;
  readonly dutyName: string;
  readonly class: PriorityClass;
  readonly arrivedAt: Date;
  readonly afterLeaseId: string | null;
  readonly seenAt: Date;
  readonly reasons: readonly Code[];
  readonly weight: number;
  readonly leaseId: string | null;
  readonly sitDownBy: Date | null;
  readonly endedAt: Date | null;
  readonly endedBecause: WaitEndedBecause | null;
};

/** @param queue undefined: the place is not worked out yet */
export function viewOf(stored: StoredPlace, { queue, help, policy, now }: { queue: Queue | undefined; help: readonly Help[]; policy: Policy | undefined; now: Date }): WaitingView {
  const { id, desktopId, poolId, afterLeaseId, seenAt, leaseId, sitDownBy, endedAt, endedBecause, weight: _, ...shown } = stored;
  const state = endedAt === null ? 'waiting' : endedBecause === 'admitted' ? 'admitted' : 'ended';
  const place = state === 'waiting' ? queue?.places.get(id) : undefined;
  const dueAt = place !== undefined && !place.standing.due ? place.standing.dueAt : undefined;
  return {
    ...shown,
    id,
    state,
    ...(desktopId !== null && { desktopId }),
    ...(poolId !== null && { poolId }),
    returning: afterLeaseId !== null,
    lifted: place?.standing.lifted ?? false,
    ...(dueAt && { dueAt }),
    ...(place && queue && { place: place.place, waiting: queue.places.size, moreUrgent: place.moreUrgent, ...(place.reasons.length > 0 && { reasons: place.reasons }) }),
    freeing: place && queue ? freeingOf(stored, queue, dueAt) : [],
    estimate: place && queue ? estimate(stored, queue, now) : { kind: 'unknown' },
    help,
    keptUntil: new Date(seenAt.getTime() + (policy?.durations.placeKept ?? 0) * 1000),
    ...(leaseId !== null && { leaseId }),
    ...(sitDownBy !== null && { sitDownBy }),
    ...(endedAt && { endedAt }),
    ...(endedBecause && { endedBecause }),
  };
}

function estimate({ id, desktopId, poolId, weight, reasons }: StoredPlace, queue: Queue, now: Date): WaitingView['estimate'] {
  const place = queue.places.get(id);
  const lacking = place?.reasons ?? reasons;
  if (lacking.includes('residual-session')) return { kind: 'unknown' };
  const scope = desktopId !== null && lacking.includes('desktop-in-use') ? 'desktop' : poolId !== null && lacking.some((reason) => OF_THE_DESKTOP.includes(reason)) ? 'pool' : 'total';
  const inScope = queue.state.holders.filter((holder) => scope === 'total' || (scope === 'desktop' ? holder.desktopId === desktopId : holder.poolId === poolId));
  // An OS session that lives on keeps the desktop after its lease, so that no time is known.
  if (scope === 'desktop' && inScope.length === 0) return { kind: 'unknown' };
  const before = [...queue.places.values()].filter(({ place: other, standing: { entry } }) => other < (place?.place ?? 0) && entry.present && (scope === 'total' || (scope === 'desktop' ? entry.desktopId === desktopId : entry.poolId === poolId)));
  const seatsNeeded = before.reduce((sum, { standing: { entry } }) => sum + entry.weight, 0) + weight;
  return estimateOf({
    seatsNeeded: scope === 'desktop' ? before.length + 1 : seatsNeeded,
    freed: scope === 'total' ? queue.freed.total : scope === 'pool' ? (queue.freed.pools.get(poolId ?? '') ?? 0) : 0,
    windowSeconds: WINDOW_SECONDS,
    latest: inScope.flatMap((holder) => Array.from({ length: scope === 'desktop' ? 1 : holder.weight }, () => queue.latest.get(holder.leaseId) ?? [])).flat(),
    yieldsBy: queue.yields.get(id),
    now,
  });
}

/** What would free a seat, the soonest first. */
function freeingOf({ id, desktopId }: StoredPlace, queue: Queue, dueAt: Date | undefined): Freeing[] {
  const reasons = queue.places.get(id)?.reasons ?? [];
  const found: (Freeing & { readonly soon: number })[] = [];
  const yieldsBy = queue.yields.get(id);
  if (yieldsBy !== undefined) found.push({ kind: 'session-yields', by: yieldsBy, soon: yieldsBy.getTime() });
  if (dueAt !== undefined) found.push({ kind: 'class-due', at: dueAt, soon: dueAt.getTime() });
  if (reasons.includes('desktop-in-use') && desktopId !== null) {
    const holder = queue.state.holders.find((other) => other.desktopId === desktopId);
    const by = holder && queue.latest.get(holder.leaseId);
    found.push({ kind: 'desktop-free', ...(by && { by }), soon: by?.getTime() ?? Infinity });
  }
  const next = [...queue.latest.values()].toSorted((one, other) => one.getTime() - other.getTime())[0];
  if (next !== undefined && !reasons.includes('desktop-in-use')) found.push({ kind: 'session-ends', by: next, sessions: queue.state.holders.length, soon: next.getTime() });
  return found.sort((one, other) => one.soon - other.soon);
}
