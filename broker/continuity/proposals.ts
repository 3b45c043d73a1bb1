import type { LevelProposal, SupersededProposal } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';

/** A proposal with all that decides whether it can still be approved. */
export type ProposalRow = Omit<LevelProposal, 'own' | 'proposedBy' | 'provisionalUntil' | 'supersedes'> & {
  readonly proposedBy: string;
  readonly proposedByName: string;
  readonly withdrawn: boolean;
  readonly approved: boolean;
  /** Somebody changed it: another one took its place. */
  readonly superseded: boolean;
  /** The one whose place it took. */
  readonly supersedes: SupersededProposal | null;
  /** It was in force on the proposer's word alone, or is. */
  readonly wasProvisional: boolean;
};

/** A proposal of the organisation; undefined when it has no such. */
export async function readProposalRow(connection: Connection, organisationId: string, id: string): Promise<ProposalRow | undefined> {
  const found = await select(connection).where('p.organisation_id', '=', organisationId).where('p.id', '=', id).executeTakeFirst();
  return found && rowOf(found);
}

/** Those that nobody has withdrawn or approved and that have time left, or that are in force provisionally; newest first. */
export async function readPendingProposals(connection: Connection, { organisationId, now, provisionalId }: { organisationId: string; now: Date; provisionalId: string | undefined }): Promise<ProposalRow[]> {
  const found = await select(connection)
    .where('p.organisation_id', '=', organisationId)
    .where('p.withdrawn_at', 'is', null)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('level_proposal as newer').whereRef('newer.supersedes', '=', 'p.id').select('newer.id'))))
    .where((is) => is.or([is('p.closes_at', '>', now), is('p.id', '=', provisionalId ?? null)]))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('level_approval').whereRef('level_approval.proposal_id', '=', 'p.id').select('level_approval.proposal_id'))))
    .orderBy('p.proposed_at', 'desc')
    .orderBy('p.id')
    .execute();
  return found.map(rowOf);
}

/** Times in JSON are text. */
type SupersededJson = Omit<SupersededProposal, 'until' | 'proposedAt'> & { readonly until: string; readonly proposedAt: string };

function rowOf<Found extends { readonly old: SupersededJson | null }>({ old, ...row }: Found) {
  return { ...row, supersedes: old && { ...old, until: new Date(old.until), proposedAt: new Date(old.proposedAt) } };
}

function select(connection: Connection) {
  return connection
    .selectFrom('level_proposal as p')
    .innerJoin('person', 'person.id', 'p.proposed_by')
    .select(['p.id', 'p.level', 'p.event', 'p.onset', 'p.reason', 'p.until', 'p.proposed_by as proposedBy', 'person.display_name as proposedByName', 'p.proposed_at as proposedAt', 'p.closes_at as closesAt'])
    .select(sql<boolean>`p.withdrawn_at is not null`.as('withdrawn'))
    .select(sql<boolean>`exists (select from level_approval where proposal_id = p.id)`.as('approved'))
    .select(sql<boolean>`exists (select from level_proposal as newer where newer.supersedes = p.id)`.as('superseded'))
    .select(sql<SupersededJson | null>`(select json_build_object('level', old.level, 'until', old.until, 'reason', old.reason, 'proposedBy', of.display_name, 'proposedAt', old.proposed_at) from level_proposal as old join person as of on of.id = old.proposed_by where old.id = p.supersedes)`.as('old'))
    .select(sql<boolean>`exists (select from level_change where proposal_id = p.id and how = 'provisional')`.as('wasProvisional'));
}
