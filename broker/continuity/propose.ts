import { events } from '../audit/index.ts';
import { authorise } from '../authorization/index.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { Refusal, type Continuity } from '../port.ts';
import { inTransaction } from '../store/index.ts';
import { actorOf, type ContinuityDeps } from './deps.ts';
import { closesAt, readProposal } from './given.ts';
import { holdLevel } from './hold.ts';
import { holdRight } from './hold-right.ts';
import { loosening } from './levels.ts';

/** The first of the two that loosening takes. */
export function createPropose(deps: ContinuityDeps): Continuity['propose'] {
  const { database, trail, clock, ids, policy } = deps;
  return async ({ person, proposal: asked, origin }) => {
    authorise(person, 'level.propose');
    const inForce = await policy.current();
    if (inForce === undefined) throw new Refusal('policy-missing');
    requireFreshFactor(person, inForce, clock);
    const { organisationId, personId, displayName } = person;
    const now = clock.now();
    const given = readProposal(asked, inForce.levels, now);
    const proposal = { id: ids.uuid(), ...given, proposedAt: now, closesAt: closesAt(now, inForce) };
    await inTransaction(database, async (transaction) => {
      await holdRight(transaction, person, 'level.propose');
      const { standing, written } = await holdLevel(transaction, deps, { organisationId, policy: inForce });
      if (loosening(standing, proposal) === 'none') throw new Refusal('level-unchanged');
      const { id, level, event, onset, reason, until } = proposal;
      await transaction
        .insertInto('level_proposal')
        .values({ id, organisation_id: organisationId, level, event, onset, reason, until, proposed_by: personId, proposed_at: now, closes_at: proposal.closesAt, withdrawn_at: null })
        .execute();
      const times = { onset: onset.toISOString(), until: until.toISOString(), closesAt: proposal.closesAt.toISOString() };
      await trail.append(transaction, ...written, events.levelProposed({ actor: actorOf(person), organisationId, address: origin.address, proposalId: id, level, event, reason, ...times }));
    });
    return { ...proposal, proposedBy: { id: personId, displayName }, own: true };
  };
}
