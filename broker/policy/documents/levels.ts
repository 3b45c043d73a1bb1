import { z } from 'zod';
import { DAY, duration, priorityClass } from './parts.ts';

const always = {
  suspended: z.array(priorityClass).meta({ description: 'Classes that nobody is admitted for' }),
  grace: duration(1, DAY).meta({ description: 'Between the notice of a session that may not go on and its end' }),
  preempting: z.array(priorityClass.exclude(['PX'])).exactOptional().meta({ description: 'Classes for which less urgent sessions yield their seats' }),
  due: z
    .union([z.enum(['at-once', 'by-target']), z.partialRecord(priorityClass.exclude(['P0']), duration(0, 31 * DAY))])
    .exactOptional()
    .meta({ description: 'When classes become due: at once, by their target time since the onset, or so long after the level began' }),
};
const raised = z.strictObject({
  'expires-after': duration(1, 31 * DAY).meta({ description: 'Then it falls by one, unless it was extended' }),
  'warn-before': z.array(duration(1, 31 * DAY)).meta({ description: 'Before that, those who watch the level are warned' }),
  ...always,
});

const recovery = raised.extend({
  stages: z.partialRecord(priorityClass.exclude(['P0']), duration(0, 31 * DAY)).exactOptional().meta({ description: 'So long after recovery began a class is let in again; at once where it is not named' }),
});

/** levels.yaml: what each continuity level does. Level 0 stays and has no end. */
export const LevelsDocument = z.strictObject({ levels: z.strictObject({ '0': z.strictObject(always), '1': raised, '2': raised, '3': raised, R: recovery }) });
