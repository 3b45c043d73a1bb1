import type { Place } from './allocate.ts';

/**
 * What newcomers see of a place until the next look at the queue: as most urgent, where a session has yielded to it or has notice to, or to one behind it. What
 * is yielded meanwhile is no newcomer's, however urgent; whose turn it is the next look tells. Also of one who is away, and may be back before it.
 * @param places everybody, the next one first
 * @param yieldedTo places to which sessions with notice yield
 */
export function seenAs(places: readonly Place[], yieldedTo: ReadonlySet<string>): readonly { readonly id: string; readonly due: boolean; readonly countsAs: number }[] {
  const last = places.findLastIndex(({ standing: { entry, mayPreempt } }) => mayPreempt && (entry.promised || yieldedTo.has(entry.id)));
  return places.map(({ standing: { entry, due, mayPreempt, countsAs } }, index) => ({ id: entry.id, due, countsAs: mayPreempt && index <= last ? 0 : countsAs }));
}
