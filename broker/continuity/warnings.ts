import { events } from '../audit/index.ts';
import type { Policy } from '../policy/policy.ts';
import { inTransaction } from '../store/index.ts';
import { standingAfter, type Change } from './change.ts';
import type { ContinuityDeps } from './deps.ts';
import { later } from './falls.ts';
import { levelBelow } from './levels.ts';

/** Seconds before its end at which a level has been due to be warned of; what lay before its own beginning does not count. */
export function warningsDue(last: Change, levels: Policy['levels'], now: Date): readonly number[] {
  const { level, until } = standingAfter(last);
  if (until === undefined || until <= now) return [];
  return levels[level].warnBefore.filter((seconds) => {
    const moment = later(until, -seconds);
    return moment > last.since && moment <= now;
  });
}

/** Tells once, whichever process comes first, that a level will fall. Of several that are due the nearest to the end is told. */
export async function warn({ database, trail, clock }: ContinuityDeps, { organisationId, last, rules, now }: { organisationId: string; last: Change; rules: Policy; now: Date }): Promise<void> {
  const due = warningsDue(last, rules.levels, now);
  const { level, until } = standingAfter(last);
  const to = levelBelow(level);
  if (due.length === 0 || until === undefined || to === undefined || (await wereTold(database, last.id, due))) return;
  await inTransaction(database, async (transaction) => {
    const told = await transaction
      .insertInto('level_warning')
      .values(due.map((seconds) => ({ change_id: last.id, seconds_before: seconds, told_at: clock.now() })))
      .onConflict((conflict) => conflict.doNothing())
      .returning('seconds_before as seconds')
      .execute();
    if (told.length === 0) return;
    const secondsBefore = Math.min(...told.map(({ seconds }) => seconds));
    await trail.append(transaction, events.levelWillFall({ actor: { kind: 'system' }, organisationId, number: last.number, level, to, until: until.toISOString(), secondsBefore }));
  });
}

async function wereTold(database: ContinuityDeps['database'], changeId: string, due: readonly number[]): Promise<boolean> {
  const rows = await database.selectFrom('level_warning').where('change_id', '=', changeId).where('seconds_before', 'in', [...due]).select('seconds_before').execute();
  return rows.length === due.length;
}
