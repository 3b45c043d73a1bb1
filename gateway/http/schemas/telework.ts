import { z } from 'zod';
import { count, day, id, instant, liftedRule, nothingMore } from './words.ts';

const markKind = z.enum(['start', 'pause', 'resume', 'end']);

export const TeleworkDay = z
  .object({
    day: z.iso.date().describe('In Japan. Work over midnight belongs to the day it began on.'),
    marks: z.array(z.object({ kind: markKind, at: instant, source: z.enum(['person', 'derived']) })),
    workedSeconds: count,
    pausedSeconds: count,
    connectedSeconds: count,
    lifted: z.array(liftedRule).exactOptional(),
  })
  .meta({ id: 'TeleworkDay' });
export const OwnTelework = z.object({ state: z.enum(['off', 'working', 'paused']), since: instant.exactOptional(), days: z.array(TeleworkDay) }).meta({ id: 'OwnTelework' });
export const UnitDay = TeleworkDay.extend({ person: z.object({ id, username: z.string(), displayName: z.string(), unitName: z.string() }) }).meta({ id: 'UnitDay' });
export const UnitDayList = z.object({ items: z.array(UnitDay), next: nothingMore }).meta({ id: 'UnitDayList' });

export const TeleworkQuery = z.strictObject({ from: day, to: day });
export const UnitTeleworkQuery = z.strictObject({ from: day, to: day, unitId: id.exactOptional() });
export const NewMark = z.strictObject({ kind: markKind }).meta({ id: 'NewMark' });

export type TeleworkDay = z.infer<typeof TeleworkDay>;
export type OwnTelework = z.infer<typeof OwnTelework>;
export type UnitDay = z.infer<typeof UnitDay>;
export type UnitDayList = z.infer<typeof UnitDayList>;
export type NewMark = z.infer<typeof NewMark>;
