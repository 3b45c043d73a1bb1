import { z } from 'zod';
import { count, id, named, nothingMore } from './words.ts';

export const Unit = z
  .object({ id, name: z.string(), parentId: id.nullable(), path: z.string().describe('From the top, with ` / ` between.'), people: count })
  .meta({ id: 'Unit' });
export const UnitList = z.object({ items: z.array(Unit), next: nothingMore }).meta({ id: 'UnitList' });
export const NewUnit = z.strictObject({ name: named(200), parentId: id.exactOptional() }).meta({ id: 'NewUnit' });

export type Unit = z.infer<typeof Unit>;
export type UnitList = z.infer<typeof UnitList>;
export type NewUnit = z.infer<typeof NewUnit>;
