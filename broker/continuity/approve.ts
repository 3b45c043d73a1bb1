import { events } from '../audit/index.ts';
import { asOf, authorise, may } from '../authorization/index.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { Refusal, type Continuity } from '../port.ts';
import { endByReturn } from '../succession/returned.ts';
import { createAct } from './act.ts';
import { actorOf, type ContinuityDeps } from './deps.ts';
import { untilOf } from './falls.ts';
import { findProposal } from './find-proposal.ts';
import { holdLevel } from './hold.ts';
import { holdRight } from './hold-right.ts';
import { isOpen } from './open-proposal.ts';
import { changeFields, writeChange } from './write-change.ts';

/** The second of the two that loosening takes; also of a provisional level, which then stays. */
export function createApprove(deps: ContinuityDeps, situation: Continuity['situation']): Continuity['approve'] {
  const { trail, clock, ids, policy } = deps;
  const act = createAct(deps);
  return async ({ person, proposalId, origin }) => {
    const circumstances = { actor: actorOf(person), organisationId: person.organisationId, address: origin.address };
    const { organisationId, personId } = person;
    const inForce = await policy.current();
    if (inForce === undefined) throw new Refusal('policy-missing');
    // Whoever has no right to it shall not be asked for a code first.
    if (may(asOf(person, clock.now()), 'level.approve')) requireFreshFactor(person, inForce, clock);
    await act(
      organisationId,
      async (transaction) => {
        authorise(asOf(person, clock.now()), 'level.approve');
        const { asDeputy } = await holdRight(transaction, person, 'level.approve', clock.now());
        const returned = asDeputy === undefined ? await endByReturn(transaction, person, clock.now()) : [];
        const { now, number, standing, provisional, written } = await holdLevel(transaction, deps, { organisationId, policy: inForce });
        const proposal = await findProposal(transaction, organisationId, proposalId);
        if (proposal.proposedBy === personId) throw new Refusal('own-proposal');
        const { id, level, event, onset, reason, proposedBy } = proposal;
        const latest = untilOf(inForce.levels, level, now);
        // A policy that has become stricter since counts.
        const until = latest !== undefined && latest < proposal.until ? latest : proposal.until;
        if (!isOpen({ ...proposal, until }, { standing, provisional, now })) throw new Refusal('proposal-closed');
        await transaction.insertInto('level_approval').values({ proposal_id: id, organisation_id: organisationId, proposed_by: proposedBy, approved_by: personId, approved_at: now, as_deputy: asDeputy ?? null }).execute();
        const change = { id: ids.uuid(), organisationId, number: number + 1, level, how: 'approved', since: now, until, reason, event, onset, proposalId: id, actedBy: personId } as const;
        await writeChange(transaction, change);
        await trail.append(transaction, ...returned, ...written, events.levelApproved({ ...circumstances, proposalId: id, proposedBy, deputyshipId: asDeputy, ...changeFields(change) }));
      },
      (refusal) => events.approvalRefused({ ...circumstances, proposalId, refusal }),
    );
    return situation(person);
  };
}
