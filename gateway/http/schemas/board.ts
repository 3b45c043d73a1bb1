import { z } from 'zod';
import { LevelInForce } from './level.ts';
import { code, count, id, instant, priorityClass } from './words.ts';

/** How a duty stands against its target time (目標時間). */
const standing = z.enum(['running', 'met', 'missed', 'not-asked-for']);

/**
 * The situation board (状況盤) of an organisation: level, phase clock, seats, queue, preemptions. People of other organisations
 * appear in counts only.
 */
export const Board = z
  .object({
    at: instant,
    drill: z.object({ id, name: z.string() }).exactOptional(),
    inForce: LevelInForce,
    /** Absent: no onset is in force, and every class is due. */
    phase: z.object({ onset: instant, classes: z.array(z.object({ class: priorityClass, targetAt: instant, dueAt: instant, due: z.boolean() })) }).exactOptional(),
    seats: z.object({
      total: count.exactOptional().describe('Absent: not limited.'),
      taken: count,
      offered: count.describe('Of these, given to people who have not sat down yet.'),
      yielding: count.describe('Of these, with notice to yield.'),
      reserve: z.object({ seats: count, free: count }),
      shared: z.object({ seats: count, taken: count }).exactOptional().describe('What is guaranteed to nobody.'),
      shares: z.array(
        z.object({
          name: z.string(),
          own: z.boolean().describe('Of this organisation.'),
          floor: count.describe('Guaranteed.'),
          most: count.exactOptional(),
          taken: count,
          waiting: count,
        }),
      ),
      pools: z.array(z.object({ id, name: z.string(), seats: count.exactOptional(), taken: count, desktops: count, free: count, waiting: count })),
    }),
    classes: z.array(z.object({ class: priorityClass, sessions: count, surplus: count.describe('Of these, on seats that were left over.'), waiting: count, longestWait: count.exactOptional().describe('Seconds.') })),
    duties: z.array(
      z.object({
        dutyId: id,
        name: z.string(),
        class: priorityClass,
        people: count,
        sessions: count,
        waiting: count,
        longestWait: count.exactOptional().describe('Seconds.'),
        targetAt: instant.exactOptional(),
        firstAdmittedAt: instant.exactOptional().describe('Since the onset.'),
        standing,
      }),
    ),
    waiting: z.array(
      z.object({
        id: z.string(),
        place: count,
        person: z.string(),
        unit: z.string(),
        dutyName: z.string(),
        class: priorityClass,
        arrivedAt: instant,
        returning: z.boolean(),
        lifted: z.boolean(),
        present: z.boolean().describe('Their page was there lately; those who are away keep the place and are passed over.'),
        reasons: z.array(code),
      }),
    ).describe('The first hundred.'),
    preemptions: z.array(
      z.object({
        id: z.string(),
        dutyName: z.string(),
        class: priorityClass,
        forDutyName: z.string(),
        forClass: priorityClass,
        noticedAt: instant,
        endsAt: instant,
        extended: z.boolean(),
        outcome: z.enum(['running', 'yielded', 'withdrawn', 'ended-otherwise']),
      }),
    ).describe('Running ones and those of the last hour, newest first.'),
  })
  .meta({ id: 'Board' });

export type Board = z.infer<typeof Board>;
