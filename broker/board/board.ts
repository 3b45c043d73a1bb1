import { authorise } from '../authorization/index.ts';
import { readLevel } from '../continuity/in-force.ts';
import type { Clock } from '../environment.ts';
import type { PolicySource } from '../policy/index.ts';
import { Refusal, type Board, type Boards } from '../port.ts';
import type { Database } from '../store/index.ts';
import type { Outlooks } from '../waiting/outlook.ts';
import { classesOf } from './classes.ts';
import { readDuties } from './duties.ts';
import { phaseOf } from './phase.ts';
import { readPlaces } from './places.ts';
import { readPreemptions } from './preemptions.ts';
import { readSeats } from './seats.ts';

export type BoardDeps = { readonly database: Database; readonly clock: Clock; readonly policy: PolicySource; readonly outlooks: Outlooks };

/** The situation board (状況盤) of the asking person's organisation. */
export function createBoards({ database, clock, policy, outlooks }: BoardDeps): Boards {
  return {
    async board(person): Promise<Board> {
      authorise(person, 'level.view');
      const [now, rules] = [clock.now(), await policy.current()];
      if (rules === undefined) throw new Refusal('policy-missing');
      const [queue, inForce] = [await outlooks.queue(rules, now), await readLevel(database, person.organisationId, now)];
      const phase = phaseOf(rules, inForce, now);
      return {
        at: now,
        inForce,
        ...(phase && { phase }),
        seats: await readSeats(database, { person, queue, rules }),
        classes: classesOf(person.organisationId, { holders: queue.state.holders, places: [...queue.places.values()] }, now),
        duties: await readDuties(database, { person, queue, rules, inForce, now }),
        waiting: await readPlaces(database, { person, queue }),
        preemptions: await readPreemptions(database, { person, now }),
      };
    },
  };
}
