import { asOf, authorise } from '../authorization/index.ts';
import type { Clock } from '../environment.ts';
import { noCursor, rowsOf } from '../paging/rows.ts';
import type { Continuity, LevelChange, Page } from '../port.ts';
import { sql, type Connection, type Database } from '../store/index.ts';

export function createHistory({ database, clock }: { readonly database: Database; readonly clock: Clock }): Continuity['history'] {
  return async ({ person, ...paging }) => {
    authorise(asOf(person, clock.now()), 'level.view');
    return readHistory(database, person.organisationId, paging);
  };
}

/** Changes of level, newest first. The cursor is the number of the last one shown. @throws Refusal `request-invalid` */
export async function readHistory(connection: Connection, organisationId: string, { cursor, limit }: { cursor?: string; limit?: number }): Promise<Page<LevelChange>> {
  const before = cursor === undefined ? undefined : readCursor(cursor);
  const count = rowsOf(limit);
  const { rows } = await sql<Row>`
    select c.id, c.number, c.level, c.base_level, c.how, c.since, c.until, c.event, c.onset, c.reason,
      proposer.display_name as proposed_by, actor.display_name as acted_by,
      array(select person.display_name from level_approval join person on person.id = level_approval.approved_by where level_approval.proposal_id = c.proposal_id and c.how = 'approved' order by approved_at) as approved_by
    from level_change as c
    left join level_proposal as p on p.id = c.proposal_id
    left join person as proposer on proposer.id = p.proposed_by
    left join person as actor on actor.id = c.acted_by
    where c.organisation_id = ${organisationId} and ${before === undefined ? sql`true` : sql`c.number < ${before}`}
    order by c.number desc
    limit ${count + 1}`.execute(connection);
  const items = rows.slice(0, count).map(changeOf);
  return { items, next: rows.length > count ? String(items.at(-1)?.number) : null };
}

type Row = Pick<LevelChange, 'id' | 'level' | 'how' | 'since' | 'reason'> & {
  number: string | number;
  base_level: LevelChange['baseLevel'];
  until: Date | null;
  event: NonNullable<LevelChange['event']> | null;
  onset: Date | null;
  proposed_by: string | null;
  acted_by: string | null;
  approved_by: string[];
};

function changeOf({ id, number, level, base_level: baseLevel, how, since, until, event, onset, reason, proposed_by: proposedBy, acted_by: actedBy, approved_by: approvedBy }: Row): LevelChange {
  return {
    id,
    number: Number(number),
    level,
    baseLevel,
    how,
    since,
    ...(until && { until }),
    ...(event && { event }),
    ...(onset && { onset }),
    reason,
    ...(proposedBy !== null && { proposedBy }),
    approvedBy,
    ...(actedBy !== null && { actedBy }),
  };
}

/** @throws Refusal `request-invalid` */
export function readCursor(cursor: string): number {
  if (!/^[1-9]\d{0,14}$/.test(cursor)) throw noCursor();
  return Number(cursor);
}
