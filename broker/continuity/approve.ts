import { events } from '../audit/index.ts';
import { authorise } from '../authorization/index.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { Refusal, type Continuity } from '../port.ts';
import { inTransaction } from '../store/index.ts';
import { actorOf, type ContinuityDeps } from './deps.ts';
import { untilOf } from './falls.ts';
import { findProposal } from './find-proposal.ts';
import { holdLevel } from './hold.ts';
import { holdRight } from './hold-right.ts';
import { isOpen } from './open-proposal.ts';
import { changeFields, writeChange } from './write-change.ts';

/** The second of the two that loosening takes; also of a provisional level, which then stays. */
export function createApprove(deps: ContinuityDeps, situation: Continuity['situation']): Continuity['approve'] {
  const { database, trail, clock, ids, policy } = deps;
  return async ({ person, proposalId, origin }) => {
    authorise(person, 'level.approve');
    const inForce = await policy.current();
    if (inForce === undefined) throw new Refusal('policy-missing');
    requireFreshFactor(person, inForce, clock);
    const { organisationId, personId } = person;
    const approval = inTransaction(database, async (transaction) => {
      await holdRight(transaction, person, 'level.approve');
      const { now, number, standing, provisional, written } = await holdLevel(transaction, deps, { organisationId, policy: inForce });
      const proposal = await findProposal(transaction, organisationId, proposalId);
      if (proposal.proposedBy === personId) throw new Refusal('own-proposal');
      const { id, level, event, onset, reason, proposedBy } = proposal;
      const latest = untilOf(inForce.levels, level, now);
      // A policy that has become stricter since counts.
      const until = latest !== undefined && latest < proposal.until ? latest : proposal.until;
      if (!isOpen({ ...proposal, until }, { standing, provisional, now })) throw new Refusal('proposal-closed');
      await transaction.insertInto('level_approval').values({ proposal_id: id, organisation_id: organisationId, proposed_by: proposedBy, approved_by: personId, approved_at: now }).execute();
      const change = { id: ids.uuid(), organisationId, number: number + 1, level, how: 'approved', since: now, until, reason, event, onset, proposalId: id, actedBy: personId } as const;
      await writeChange(transaction, change);
      await trail.append(transaction, ...written, events.levelApproved({ actor: actorOf(person), organisationId, address: origin.address, proposalId: id, proposedBy, ...changeFields(change) }));
    });
    await approval.catch(async (error: unknown) => {
      // The refused transaction is gone, and what was tried is not.
      if (error instanceof Refusal) await inTransaction(database, (transaction) => trail.append(transaction, events.approvalRefused({ actor: actorOf(person), organisationId, address: origin.address, proposalId, refusal: error.code })));
      throw error;
    });
    return situation(person);
  };
}
