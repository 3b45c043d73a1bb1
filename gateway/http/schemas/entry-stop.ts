import { z } from 'zod';
import { count, id, instant, reason, typed } from './words.ts';

export const EntryStop = z
  .object({
    id,
    unit: z.object({ id, name: z.string() }).nullable().describe('Null: the whole organisation.'),
    reason: z.string(),
    stoppedBy: z.string(),
    stoppedAt: instant,
    release: z.object({ askedBy: z.string(), askedAt: instant, reason: z.string(), own: z.boolean() }).exactOptional().describe('Asked for by one person; another has to agree.'),
    releasedAt: instant.exactOptional(),
  })
  .meta({ id: 'EntryStop' });

export const NewEntryStop = z
  .strictObject({ unitId: id.nullable().describe('Null: the whole organisation.'), reason, confirm: typed(200).describe('Name of the unit or of the organisation, typed anew.') })
  .meta({ id: 'NewEntryStop' });
export const EntryStopped = z.object({ stop: EntryStop, ended: count.describe('Sessions.') }).meta({ id: 'EntryStopped' });

export type EntryStop = z.infer<typeof EntryStop>;
export type NewEntryStop = z.infer<typeof NewEntryStop>;
export type EntryStopped = z.infer<typeof EntryStopped>;
