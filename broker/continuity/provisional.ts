import { events } from '../audit/index.ts';
import { authorise } from '../authorization/index.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { Refusal, type Continuity } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import { createAct } from './act.ts';
import { actorOf, type ContinuityDeps } from './deps.ts';
import { later } from './falls.ts';
import { findProposal } from './find-proposal.ts';
import { holdLevel } from './hold.ts';
import { holdRight } from './hold-right.ts';
import { LONGEST_PROVISIONAL } from './justified.ts';
import { compareLevels, loosening } from './levels.ts';
import { isOpen } from './open-proposal.ts';
import { changeFields, writeChange } from './write-change.ts';

/** How far back somebody's earlier provisional levels count, in seconds. */
const MEMORY = 24 * 60 * 60;

/**
 * One person alone, where no approver can be reached. All that a person raises alone within a day shares the same two hours,
 * counted from the first time: they cannot be strung together by one proposal after another.
 */
export function createActProvisionally(deps: ContinuityDeps, situation: Continuity['situation']): Continuity['actProvisionally'] {
  const { trail, clock, ids, policy } = deps;
  const act = createAct(deps);
  return async ({ person, proposalId, origin }) => {
    authorise(person, 'level.propose');
    const inForce = await policy.current();
    if (inForce === undefined) throw new Refusal('policy-missing');
    requireFreshFactor(person, inForce, clock);
    const { organisationId, personId } = person;
    await act(organisationId, async (transaction) => {
      await holdRight(transaction, person, 'level.propose');
      const { now, number, standing, provisional, written } = await holdLevel(transaction, deps, { organisationId, policy: inForce });
      const proposal = await findProposal(transaction, organisationId, proposalId);
      if (proposal.proposedBy !== personId) throw new Refusal('forbidden');
      if (proposal.wasProvisional || !isOpen(proposal, { standing, provisional, now })) throw new Refusal('proposal-closed');
      const { id, level, event, onset, reason } = proposal;
      const lowers = provisional !== undefined && compareLevels(level, provisional.level) < 0;
      if (loosening(standing, proposal) !== 'raise' || lowers) throw new Refusal('level-unchanged');
      const longest = Math.min(inForce.durations.provisional, LONGEST_PROVISIONAL / 1000);
      const until = earliest(proposal.until, later((await firstAlone(transaction, person, now)) ?? now, longest));
      if (until <= now) throw new Refusal('own-proposal');
      const change = { id: ids.uuid(), organisationId, number: number + 1, level, how: 'provisional', since: now, until, reason, event, onset, proposalId: id, actedBy: personId, base: standing } as const;
      await writeChange(transaction, change);
      await trail.append(transaction, ...written, events.levelRaisedProvisionally({ actor: actorOf(person), organisationId, address: origin.address, proposalId: id, baseLevel: standing.level, ...changeFields(change) }));
    });
    return situation(person);
  };
}

/** When the person first raised the level alone within a day, of those that nobody else approved afterwards. */
async function firstAlone(transaction: Transaction, { organisationId, personId }: { organisationId: string; personId: string }, now: Date): Promise<Date | undefined> {
  const first = await transaction
    .selectFrom('level_change')
    .where('organisation_id', '=', organisationId)
    .where('how', '=', 'provisional')
    .where('acted_by', '=', personId)
    .where('since', '>', later(now, -MEMORY))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('level_approval').whereRef('level_approval.proposal_id', '=', 'level_change.proposal_id').select('level_approval.proposal_id'))))
    .orderBy('since')
    .select('since')
    .limit(1)
    .executeTakeFirst();
  return first?.since;
}

const earliest = (one: Date, other: Date): Date => (one < other ? one : other);
