import { authorise } from '../authorization/index.ts';
import type { ContinuityDeps } from '../continuity/deps.ts';
import type { Succession } from '../port.ts';
import { createActs } from './acts.ts';
import { createDeputies } from './deputies.ts';
import { createOrders } from './order.ts';
import { readCandidates } from './people.ts';
import { createView } from './view.ts';

/** Who stands in for the activation authority (代行順位), and deputies (代行) with an end. */
export function createSuccession(deps: ContinuityDeps): Succession {
  const view = createView(deps);
  return {
    view,
    async candidates({ person, search = '' }) {
      authorise(person, 'succession.propose');
      return readCandidates(deps.database, person.organisationId, search);
    },
    ...createOrders(deps, view),
    ...createDeputies(deps, view),
    acts: createActs(deps),
  };
}
