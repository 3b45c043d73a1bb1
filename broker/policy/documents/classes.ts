import { z } from 'zod';
import { DAY, duration, fromLevel, priorityClass } from './parts.ts';

const rules = z.strictObject({
  target: duration(0, 366 * DAY).meta({ description: 'Target time since the onset; 0s is immediately' }),
  'outside-from-level': fromLevel,
});

/** classes.yaml: the priority classes of duties. */
export const ClassesDocument = z.strictObject({ classes: z.record(priorityClass, rules) });
