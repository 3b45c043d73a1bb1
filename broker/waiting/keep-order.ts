import { sql, type Transaction } from '../store/index.ts';
import type { Place } from './allocate.ts';
import type { WaitingRow } from './seat-state.ts';

/** Writes down what has changed of how each place is ordered, so that a newcomer sees at a glance whether anybody is before. */
export async function keepOrder(transaction: Transaction, waiting: readonly WaitingRow[], places: readonly Place[]): Promise<void> {
  const stored = new Map(waiting.map((row) => [row.id, row.stored]));
  const changed = places.flatMap(({ standing: { entry, due, goesFirst, ...standing } }) => {
    // What a session has yielded is no newcomer's, however urgent: that one's turn is told by the next walk.
    const countsAs = goesFirst ? 0 : standing.countsAs;
    const before = stored.get(entry.id);
    return before === undefined || (before.due === due && before.countsAs === countsAs) ? [] : [{ id: entry.id, due, countsAs }];
  });
  if (changed.length === 0) return;
  await sql`
    update waiting set due = now.due, counts_as = now.counts_as
    from unnest(${changed.map(({ id }) => id)}::uuid[], ${changed.map(({ due }) => due)}::boolean[], ${changed.map(({ countsAs }) => countsAs)}::smallint[]) as now (id, due, counts_as)
    where waiting.id = now.id and waiting.ended_at is null`.execute(transaction);
}
