import type { LevelProposal } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';

/** A proposal with all that decides whether it can still be approved. */
export type ProposalRow = Omit<LevelProposal, 'own' | 'proposedBy' | 'provisionalUntil'> & {
  readonly proposedBy: string;
  readonly proposedByName: string;
  readonly withdrawn: boolean;
  readonly approved: boolean;
  /** It was in force on the proposer's word alone, or is. */
  readonly wasProvisional: boolean;
};

/** A proposal of the organisation; undefined when it has no such. */
export async function readProposalRow(connection: Connection, organisationId: string, id: string): Promise<ProposalRow | undefined> {
  return (await select(connection).where('p.organisation_id', '=', organisationId).where('p.id', '=', id).execute())[0];
}

/** Those that nobody has withdrawn or approved and that have time left, or that are in force provisionally; newest first. */
export function readPendingProposals(connection: Connection, { organisationId, now, provisionalId }: { organisationId: string; now: Date; provisionalId: string | undefined }): Promise<ProposalRow[]> {
  return select(connection)
    .where('p.organisation_id', '=', organisationId)
    .where('p.withdrawn_at', 'is', null)
    .where((is) => is.or([is('p.closes_at', '>', now), is('p.id', '=', provisionalId ?? null)]))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('level_approval').whereRef('level_approval.proposal_id', '=', 'p.id').select('level_approval.proposal_id'))))
    .orderBy('p.proposed_at', 'desc')
    .orderBy('p.id')
    .execute();
}

function select(connection: Connection) {
  return connection
    .selectFrom('level_proposal as p')
    .innerJoin('person', 'person.id', 'p.proposed_by')
    .select(['p.id', 'p.level', 'p.event', 'p.onset', 'p.reason', 'p.until', 'p.proposed_by as proposedBy', 'person.display_name as proposedByName', 'p.proposed_at as proposedAt', 'p.closes_at as closesAt'])
    .select(sql<boolean>`p.withdrawn_at is not null`.as('withdrawn'))
    .select(sql<boolean>`exists (select from level_approval where proposal_id = p.id)`.as('approved'))
    .select(sql<boolean>`exists (select from level_change where proposal_id = p.id and how = 'provisional')`.as('wasProvisional'));
}
