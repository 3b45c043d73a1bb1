import { z } from 'zod';
import { id, instant, nothingMore, priorityClass } from './words.ts';

export const DutyPhase = z.object({ dutyId: id, name: z.string(), class: priorityClass, dueAt: instant.describe('Until then it has surplus seats only.'), due: z.boolean() }).meta({ id: 'DutyPhase' });
export const DutyPhaseList = z.object({ items: z.array(DutyPhase), next: nothingMore }).meta({ id: 'DutyPhaseList' });
export type DutyPhaseList = z.infer<typeof DutyPhaseList>;
