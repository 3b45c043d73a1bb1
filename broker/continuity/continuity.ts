import { authorise } from '../authorization/index.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import type { Continuity } from '../port.ts';
import { endByReturn } from '../succession/returned.ts';
import { createAct } from './act.ts';
import { createApprove } from './approve.ts';
import { actorOf, type ContinuityDeps } from './deps.ts';
import { readLevelName, readReason } from './given.ts';
import { createHistory } from './history.ts';
import { holdRight } from './hold-right.ts';
import { createPreview } from './preview.ts';
import { createPropose } from './propose.ts';
import { createActProvisionally } from './provisional.ts';
import { createSituation } from './situation.ts';
import { tighten } from './tighten.ts';
import { createWithdraw } from './withdraw.ts';

export type { ContinuityDeps } from './deps.ts';

/** The continuity level (継続レベル): loosening takes two people, tightening one (緩和は二人、強化は一人). */
export function createContinuity(deps: ContinuityDeps): Continuity {
  const { trail, clock, policy } = deps;
  const act = createAct(deps);
  const situation = createSituation(deps);
  return {
    situation,
    history: createHistory(deps),
    preview: createPreview(deps),
    propose: createPropose(deps),
    approve: createApprove(deps, situation),
    actProvisionally: createActProvisionally(deps, situation),
    withdraw: createWithdraw(deps, situation),

    async tighten({ person, level, reason: typed, origin }) {
      authorise(person, 'level.tighten');
      const inForce = await policy.current();
      requireFreshFactor(person, inForce, clock);
      readLevelName(level);
      const reason = readReason(typed);
      const { organisationId, personId } = person;
      await act(organisationId, async (transaction) => {
        await holdRight(transaction, person, 'level.tighten');
        await trail.append(transaction, ...(await endByReturn(transaction, person, clock.now())));
        await tighten(transaction, deps, { organisationId, level, reason, personId, actor: actorOf(person), address: origin.address, policy: inForce });
      });
      return situation(person);
    },
  };
}
