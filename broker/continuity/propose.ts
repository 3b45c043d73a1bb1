import { events } from '../audit/index.ts';
import { authorise, may } from '../authorization/index.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { Refusal, type Continuity, type SignedIn, type SupersededProposal } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import { endByReturn } from '../succession/returned.ts';
import { createAct } from './act.ts';
import { actorOf, type ContinuityDeps } from './deps.ts';
import { findProposal } from './find-proposal.ts';
import { closesAt, readProposal } from './given.ts';
import { holdLevel, type Held } from './hold.ts';
import { holdRight } from './hold-right.ts';
import { loosening } from './levels.ts';
import { isPending } from './open-proposal.ts';

/** The first of the two that loosening takes. What changes a proposal takes its place, so that nobody approves what they have not seen. */
export function createPropose(deps: ContinuityDeps): Continuity['propose'] {
  const { trail, clock, ids, policy } = deps;
  const act = createAct(deps);
  return async ({ person, proposal: asked, supersedes, origin }) => {
    authorise(person, 'level.propose');
    const inForce = await policy.current();
    if (inForce === undefined) throw new Refusal('policy-missing');
    requireFreshFactor(person, inForce, clock);
    const { organisationId, personId, displayName } = person;
    const given = readProposal(asked, inForce.levels, clock.now());
    return act(organisationId, async (transaction) => {
      await holdRight(transaction, person, 'level.propose');
      const returned = await endByReturn(transaction, person, clock.now());
      const held = await holdLevel(transaction, deps, { organisationId, policy: inForce });
      const { now, standing, written } = held;
      const old = supersedes === undefined ? undefined : await superseded(transaction, person, held, supersedes);
      if (loosening(standing, given) === 'none') throw new Refusal('level-unchanged');
      const proposal = { id: ids.uuid(), ...given, proposedAt: now, closesAt: closesAt(now, inForce) };
      const { id, level, event, onset, reason, until } = proposal;
      await transaction
        .insertInto('level_proposal')
        .values({ id, organisation_id: organisationId, level, event, onset, reason, until, proposed_by: personId, proposed_at: now, closes_at: proposal.closesAt, withdrawn_at: null, supersedes: old?.id ?? null })
        .execute();
      const times = { onset: onset.toISOString(), until: until.toISOString(), closesAt: proposal.closesAt.toISOString() };
      await trail.append(transaction, ...returned, ...written, events.levelProposed({ actor: actorOf(person), organisationId, address: origin.address, proposalId: id, level, event, reason, supersedes: old?.id, ...times }));
      return { ...proposal, proposedBy: { id: personId, displayName }, own: true, ...(old && { supersedes: old.view }) };
    });
  };
}

async function superseded(transaction: Transaction, person: SignedIn, { organisationId, provisional, now }: Held, id: string): Promise<{ readonly id: string; readonly view: SupersededProposal }> {
  const old = await findProposal(transaction, organisationId, id);
  if (old.proposedBy !== person.personId && !may(person, 'level.approve')) throw new Refusal('forbidden');
  if (!isPending(old, { provisional, now })) throw new Refusal('proposal-closed');
  const { level, until, reason, proposedByName: proposedBy, proposedAt } = old;
  return { id: old.id, view: { level, until, reason, proposedBy, proposedAt } };
}
