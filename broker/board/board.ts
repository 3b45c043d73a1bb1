import { authorise } from '../authorization/index.ts';
import { readLevel } from '../continuity/in-force.ts';
import type { Clock } from '../environment.ts';
import { dueAt, type Policy, type PolicySource } from '../policy/index.ts';
import { Refusal, type Board, type Boards, type LevelInForce, type PriorityClass, type SignedIn } from '../port.ts';
import type { Database } from '../store/index.ts';
import type { Outlooks, Queue } from '../waiting/outlook.ts';
import { readDuties } from './duties.ts';
import { readPlaces } from './places.ts';
import { readPreemptions } from './preemptions.ts';
import { readSeats } from './seats.ts';

export type BoardDeps = { readonly database: Database; readonly clock: Clock; readonly policy: PolicySource; readonly outlooks: Outlooks };

const CLASSES: readonly PriorityClass[] = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'PX'];

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
        classes: classesOf(person, queue, now),
        duties: await readDuties(database, { person, queue, rules, inForce, now }),
        waiting: await readPlaces(database, { person, queue }),
        preemptions: await readPreemptions(database, { person, now }),
      };
    },
  };
}

/** The phase clock: when each class is to be back, and from when on it is due. */
function phaseOf(rules: Policy, inForce: LevelInForce, now: Date): Board['phase'] {
  const { onset } = inForce;
  if (onset === undefined) return undefined;
  const classes = CLASSES.filter((name) => name !== 'PX').map((name) => {
    const at = dueAt(rules, inForce, name) ?? onset;
    return { class: name, targetAt: new Date(onset.getTime() + rules.classes[name].target * 1000), dueAt: at, due: at <= now };
  });
  return { onset, classes };
}

function classesOf({ organisationId }: SignedIn, { state, places }: Queue, now: Date): Board['classes'] {
  const holders = state.holders.filter((holder) => holder.organisationId === organisationId);
  const waiting = [...places.values()].map(({ standing }) => standing.entry).filter((entry) => entry.organisationId === organisationId);
  return CLASSES.map((name) => {
    const [sitting, standing] = [holders.filter((holder) => holder.class === name), waiting.filter((entry) => entry.class === name)];
    const since = Math.min(...standing.map(({ arrivedAt }) => arrivedAt.getTime()));
    return {
      class: name,
      sessions: sitting.length,
      surplus: sitting.filter(({ surplus }) => surplus).length,
      waiting: standing.length,
      ...(standing.length > 0 && { longestWait: Math.max(0, Math.round((now.getTime() - since) / 1000)) }),
    };
  });
}
