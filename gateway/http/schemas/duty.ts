import { z } from 'zod';
import { count, id, named, next, paging, priorityClass, typed, zone } from './words.ts';

const dutyStatus = z.enum(['active', 'retired']);
const targetSeconds = z.int().min(0).max(31_536_000).nullable().describe('Null: the target time of its class.');

export const DutyListed = z.object({ id, name: z.string(), class: priorityClass, zone, targetSeconds: count.nullable(), status: dutyStatus, people: count }).meta({ id: 'DutyListed' });
export const DutyList = z.object({ items: z.array(DutyListed), next }).meta({ id: 'DutyList' });
export const DutiesQuery = z.strictObject({ search: typed(200).exactOptional(), status: dutyStatus.exactOptional(), ...paging });
export const NewDuty = z.strictObject({ name: named(200), class: priorityClass, zone, targetSeconds }).meta({ id: 'NewDuty' });
export const DutyChange = z
  .strictObject({ name: named(200).exactOptional(), class: priorityClass.exactOptional(), zone: zone.exactOptional(), targetSeconds: targetSeconds.exactOptional() })
  .meta({ id: 'DutyChange' });
export const UnitChoice = z.strictObject({ unitId: id }).meta({ id: 'UnitChoice' });
export const Assigned = z.object({ assigned: count }).meta({ id: 'Assigned' });

export type DutyListed = z.infer<typeof DutyListed>;
export type DutyList = z.infer<typeof DutyList>;
export type NewDuty = z.infer<typeof NewDuty>;
export type DutyChange = z.infer<typeof DutyChange>;
export type UnitChoice = z.infer<typeof UnitChoice>;
export type Assigned = z.infer<typeof Assigned>;
