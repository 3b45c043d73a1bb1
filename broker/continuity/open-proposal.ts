import type { LevelProposal } from '../port.ts';
import type { Standing } from './levels.ts';
import { loosening } from './levels.ts';
import type { ProposalRow } from './proposals.ts';

export type Circumstances = {
  readonly standing: Standing;
  /** The proposal that is in force on its proposer's word alone. Time does not close it meanwhile. */
  readonly provisional: { readonly proposalId: string | null; readonly until: Date } | undefined;
  readonly now: Date;
};

type Fate = Pick<ProposalRow, 'id' | 'withdrawn' | 'approved' | 'superseded' | 'closesAt'>;

/** Nobody has withdrawn, changed or approved it, and it still has time. */
export function isPending(proposal: Fate, { provisional, now }: Omit<Circumstances, 'standing'>): boolean {
  return !proposal.withdrawn && !proposal.approved && !proposal.superseded && (proposal.closesAt > now || provisional?.proposalId === proposal.id);
}

/** It can still be approved: it is pending and would still loosen what holds. */
export function isOpen(proposal: Fate & Pick<ProposalRow, 'level' | 'until'>, circumstances: Circumstances): boolean {
  return isPending(proposal, circumstances) && proposal.until > circumstances.now && loosening(circumstances.standing, proposal) !== 'none';
}

export function viewOf(row: ProposalRow, personId: string, provisional: Circumstances['provisional']): LevelProposal {
  const { id, level, event, onset, reason, until, proposedAt, closesAt, supersedes } = row;
  const proposedBy = { id: row.proposedBy, displayName: row.proposedByName };
  const inForce = provisional !== undefined && provisional.proposalId === id;
  return { id, level, event, onset, reason, until, proposedBy, proposedAt, closesAt, own: row.proposedBy === personId, ...(supersedes && { supersedes }), ...(inForce && { provisionalUntil: provisional.until }) };
}
