import { z } from 'zod';
import { code, continuityEvent, count, id, instant, level, named, next, priorityClass } from './words.ts';

const whole = (least: number, most: number) => z.int().min(least).max(most);
const share = z.number().min(0).max(1);

export const NewDrill = z
  .strictObject({
    name: named(100),
    event: continuityEvent,
    level,
    seats: whole(1, 100_000).describe('Of the drill; at least what the policy guarantees and reserves.'),
    pace: whole(1, 240).describe('Seconds of the drill that pass in one second.'),
    minutes: whole(1, 480).describe('After so many minutes it ends by itself.'),
    turnout: whole(0, 100).describe('Of a hundred who hold duties so many are played; 0: only who takes part.'),
    asksWithin: whole(1, 72).describe('Hours of the drill within which those who are played ask.'),
  })
  .meta({ id: 'NewDrill' });

const DrillDuty = z.object({
  dutyId: id,
  name: z.string(),
  class: priorityClass,
  people: count.describe('Who asked for it.'),
  tookPart: count.describe('Of these, in person.'),
  admitted: count,
  target: count.describe('Target time in seconds since the onset.'),
  achieved: count.exactOptional().describe('When the first of them could work, in seconds since the onset.'),
  medianWait: count,
  longestWait: count,
  displaced: count,
  metTarget: share.describe('Of those who asked, who could work by the target time.'),
  standing: z.enum(['met', 'missed', 'running']),
});

export const Drill = z
  .object({
    id,
    name: z.string(),
    event: continuityEvent,
    level: level.describe('At which it began.'),
    levelNow: level,
    seats: count,
    pace: count,
    turnout: count,
    asksWithin: count,
    startedAt: instant,
    startedBy: z.string(),
    endsAt: instant,
    endedAt: instant.exactOptional(),
    endedBecause: z.enum(['ended', 'over']).exactOptional(),
    tookPart: count.describe('People who are or were in it themselves.'),
    result: z
      .object({ elapsed: count, people: count, mostTaken: count, mostWaiting: count, preemptions: count, metTarget: share, duties: z.array(DrillDuty) })
      .exactOptional()
      .describe('After the end. Times are seconds of the drill\'s clock.'),
  })
  .meta({ id: 'Drill' });

export const DrillList = z.object({ items: z.array(Drill), next }).meta({ id: 'DrillList' });
export const DrillLevel = z.strictObject({ level }).meta({ id: 'DrillLevel' });
export const DrillRequest = z.strictObject({ desktopId: id.exactOptional(), poolId: id.exactOptional(), dutyId: id }).meta({ id: 'DrillRequest' });

const OwnDrill = z.object({
  id,
  name: z.string(),
  event: continuityEvent,
  level,
  pace: count,
  startedAt: instant,
  endsAt: instant,
  elapsed: count.describe('Seconds since the onset, on the drill\'s clock.'),
  part: z
    .object({
      state: z.enum(['waiting', 'seated', 'yielding', 'left']),
      dutyId: id,
      dutyName: z.string(),
      class: priorityClass,
      admittedAfter: count.exactOptional().describe('Seconds of the drill from asking to being let in.'),
      displaced: count,
      place: count.exactOptional(),
      waiting: count.exactOptional(),
      reasons: z.array(code),
      yieldsAt: instant.exactOptional().describe('When the seat goes to another, on the real clock.'),
      yieldsTo: z.string().exactOptional().describe('The duty that needs it.'),
    })
    .exactOptional(),
});
export const RunningDrill = z.object({ drill: OwnDrill.exactOptional().describe('Absent: no drill is under way.') }).meta({ id: 'RunningDrill' });

export type NewDrill = z.infer<typeof NewDrill>;
export type Drill = z.infer<typeof Drill>;
export type DrillList = z.infer<typeof DrillList>;
export type RunningDrill = z.infer<typeof RunningDrill>;
