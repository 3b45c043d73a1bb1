import { sql, type Connection } from '../store/index.ts';
import type { Change } from './change.ts';

/**
 * An organisation's changes of level from the newest that stands by itself up to the one in force, oldest first: what has to
 * be read to know whether the one in force is justified. Empty before the first.
 */
export async function readChain(connection: Connection, organisationId: string): Promise<readonly Change[]> {
  const { rows } = await sql<Row>`
    select c.*, p.id as found,
      (select min(same.since) from level_change as same where same.organisation_id = c.organisation_id and same.number <= c.number
        and same.number > coalesce((select max(other.number) from level_change as other where other.organisation_id = c.organisation_id and other.number < c.number and other.level <> c.level), 0)) as began, p.level as proposed_level, p.until as proposed_until, p.proposed_by, p.withdrawn_at,
      exists (select from level_approval as a where a.proposal_id = p.id and a.approved_by <> p.proposed_by) as approved_by_another
    from level_change as c
    left join level_proposal as p on p.id = c.proposal_id and p.organisation_id = c.organisation_id
    where c.organisation_id = ${organisationId}
      and c.number >= coalesce((select max(number) from level_change where organisation_id = ${organisationId} and (how = 'approved' or (how <> 'provisional' and level = '0' and base_level = '0'))), 0)
    order by c.number`.execute(connection);
  return rows.map(changeOf);
}

type Row = Omit<Change, 'number' | 'baseLevel' | 'proposalId' | 'actedBy' | 'baseUntil' | 'proposal'> & {
  number: string | number;
  base_level: Change['level'];
  proposal_id: string | null;
  acted_by: string | null;
  base_until: Date | null;
  found: string | null;
  proposed_level: Change['level'];
  proposed_until: Date;
  proposed_by: string;
  withdrawn_at: Date | null;
  approved_by_another: boolean;
};

function changeOf(row: Row): Change {
  const { id, level, how, event, onset, reason, since, began, until } = row;
  const proposal = row.found === null ? null : { level: row.proposed_level, until: row.proposed_until, proposedBy: row.proposed_by, withdrawnAt: row.withdrawn_at, approvedByAnother: row.approved_by_another };
  return { id, number: Number(row.number), level, baseLevel: row.base_level, how, proposalId: row.proposal_id, actedBy: row.acted_by, event, onset, reason, since, began, until, baseUntil: row.base_until, proposal };
}
