import { dueAt, type Policy } from '../policy/index.ts';
import type { Board, LevelInForce } from '../port.ts';
import { CLASSES } from './classes.ts';

/** The phase clock: when each class is to be back, and from when on it is due. */
export function phaseOf(rules: Policy, inForce: LevelInForce, now: Date): Board['phase'] {
  const { onset } = inForce;
  if (onset === undefined) return undefined;
  const classes = CLASSES.filter((name) => name !== 'PX').map((name) => {
    const at = dueAt(rules, inForce, name) ?? onset;
    return { class: name, targetAt: new Date(onset.getTime() + rules.classes[name].target * 1000), dueAt: at, due: at <= now };
  });
  return { onset, classes };
}
