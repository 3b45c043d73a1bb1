import { sql, type Transaction } from '../store/index.ts';
import type { Place } from './allocate.ts';
import type { WaitingRow } from './seat-state.ts';
import { seenAs } from './seen-as.ts';

/** Writes down what has changed of how each place is ordered, so that a newcomer sees at a glance who is before. */
export async function keepOrder(transaction: Transaction, waiting: readonly WaitingRow[], places: readonly Place[], yieldedTo: ReadonlySet<string>): Promise<void> {
  const stored = new Map(waiting.map((row) => [row.id, row.stored]));
  const changed = seenAs(places, yieldedTo).filter(({ id, due, countsAs }) => {
    const before = stored.get(id);
    return before !== undefined && (before.due !== due || before.countsAs !== countsAs);
  });
  if (changed.length === 0) return;
  await sql`
    update waiting set due = now.due, counts_as = now.counts_as
    from unnest(${changed.map(({ id }) => id)}::uuid[], ${changed.map(({ due }) => due)}::boolean[], ${changed.map(({ countsAs }) => countsAs)}::smallint[]) as now (id, due, counts_as)
    where waiting.id = now.id and waiting.ended_at is null`.execute(transaction);
}
