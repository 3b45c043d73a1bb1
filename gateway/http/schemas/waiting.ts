import { z } from 'zod';
import { code, count, id, instant, level, priorityClass, reason, role, site } from './words.ts';

/** The nearest ways that would work instead; as in a problem document. */
const help = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('duty'), dutyId: id, name: z.string() }),
  z.object({ kind: z.literal('level'), level: level.extract(['1', '2', '3']) }),
  z.object({ kind: z.literal('site'), sites: z.array(site) }),
  z.object({ kind: z.literal('time'), at: instant }),
  z.object({ kind: z.literal('seat') }),
  z.object({ kind: z.literal('ask'), role }),
]);

/** What would free a seat, the soonest first. */
const freeing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('session-ends'), by: instant.describe('At the latest; most end earlier.'), sessions: count }),
  z.object({ kind: z.literal('session-yields'), by: instant.describe('A less urgent session has got notice for this person and ends then.') }),
  z.object({ kind: z.literal('class-due'), at: instant.describe('Seats that are kept free for more urgent work until then open.') }),
  z.object({ kind: z.literal('desktop-free'), by: instant.exactOptional().describe('The desktop itself is somebody else\'s until then.') }),
]);

const estimate = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('between'), from: instant, to: instant, seats: count.describe('Seats that became free lately, from which it was reckoned.') }).describe('In eight of ten cases.'),
  z.object({ kind: z.literal('at-the-latest'), by: instant }),
  z.object({ kind: z.literal('unknown') }),
]);

/** A place in the queue (順番待ち). */
export const Waiting = z
  .object({
    id,
    state: z.enum(['waiting', 'admitted', 'ended']),
    desktopId: id.exactOptional(),
    poolId: id.exactOptional(),
    /** Of the desktop or the pool. */
    name: z.string(),
    dutyId: id,
    dutyName: z.string(),
    class: priorityClass,
    arrivedAt: instant,
    returning: z.boolean().describe('A more urgent duty took the seat: goes before others of the class.'),
    lifted: z.boolean().describe('Has waited so long that it counts as one class more urgent.'),
    dueAt: instant.exactOptional().describe('From when on the class is due; absent where it is.'),
    place: count.exactOptional().describe('1 is next. Absent while it is being worked out, and once it is over.'),
    waiting: count.exactOptional().describe('How many wait in the same line, this one included.'),
    moreUrgent: count.exactOptional().describe('Of those before: more urgent work.'),
    reasons: z.array(code),
    freeing: z.array(freeing),
    estimate,
    help: z.array(help),
    keptUntil: instant.describe('The place is lost when nobody has looked at it by then; each look moves it.'),
    leaseId: id.exactOptional().describe('Admitted with this lease.'),
    sitDownBy: instant.exactOptional().describe('The seat is given on when the session has not been opened by then.'),
    endedAt: instant.exactOptional(),
    endedBecause: z.union([code, z.enum(['admitted', 'left', 'not-seen', 'replaced'])]).exactOptional(),
  })
  .meta({ id: 'Waiting' });
export const WaitingList = z.object({ items: z.array(Waiting), next: z.null() }).meta({ id: 'WaitingList', description: 'The own place, if there is one, and those that ended in the last ten minutes.' });

export const Extension = z.strictObject({ reason }).meta({ id: 'Extension', description: 'Once a session: why it needs a little longer before it yields.' });

export type Waiting = z.infer<typeof Waiting>;
export type WaitingList = z.infer<typeof WaitingList>;
export type Extension = z.infer<typeof Extension>;
