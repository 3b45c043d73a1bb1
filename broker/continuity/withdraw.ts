import { events } from '../audit/index.ts';
import { authorise, may } from '../authorization/index.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { Refusal, type Continuity } from '../port.ts';
import { createAct } from './act.ts';
import { actorOf, type ContinuityDeps } from './deps.ts';
import { findProposal } from './find-proposal.ts';
import { holdLevel } from './hold.ts';
import { holdRight } from './hold-right.ts';
import { isPending } from './open-proposal.ts';
import { lowered } from './tighten.ts';
import { changeFields, writeChange } from './write-change.ts';

/** A provisional level that rested on the proposal ends with it. */
export function createWithdraw(deps: ContinuityDeps, situation: Continuity['situation']): Continuity['withdraw'] {
  const { trail, clock, ids, policy } = deps;
  const act = createAct(deps);
  return async ({ person, proposalId, origin }) => {
    const action = may(person, 'level.approve') ? 'level.approve' : 'level.propose';
    authorise(person, action);
    const inForce = await policy.current();
    if (inForce === undefined) throw new Refusal('policy-missing');
    requireFreshFactor(person, inForce, clock);
    const { organisationId, personId } = person;
    await act(organisationId, async (transaction) => {
      await holdRight(transaction, person, action);
      const held = await holdLevel(transaction, deps, { organisationId, policy: inForce });
      const { now, standing, provisional } = held;
      const proposal = await findProposal(transaction, organisationId, proposalId);
      if (proposal.proposedBy !== personId && action !== 'level.approve') throw new Refusal('forbidden');
      if (!isPending(proposal, { provisional, now })) throw new Refusal('proposal-closed');
      const { id, level, proposedBy, reason } = proposal;
      await transaction.updateTable('level_proposal').set({ withdrawn_at: now, withdrawn_by: personId }).where('id', '=', id).execute();
      const circumstances = { actor: actorOf(person), organisationId, address: origin.address };
      const written = [...held.written, events.proposalWithdrawn({ ...circumstances, proposalId: id, level, proposedBy })];
      if (provisional?.proposalId === id) {
        const change = { ...lowered(held, { level: standing.level, until: standing.until }), id: ids.uuid(), reason, actedBy: personId };
        await writeChange(transaction, change);
        written.push(events.levelTightened({ ...circumstances, from: provisional.level, ...changeFields(change) }));
      }
      await trail.append(transaction, ...written);
    });
    return situation(person);
  };
}
