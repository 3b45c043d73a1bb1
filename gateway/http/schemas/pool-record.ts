import { z } from 'zod';
import { count, id, named, nothingMore, status } from './words.ts';

const logIn = z.enum(['personal', 'shared']);
const cleanUp = z.enum(['none', 'proved']);
const seats = z.int().min(0).max(1_000_000).nullable().describe('Null: not limited.');

export const NewPool = z.strictObject({ name: named(200), logIn, cleanUp, seats }).meta({ id: 'NewPool' });
export const PoolChange = z
  .strictObject({ name: named(200).exactOptional(), logIn: logIn.exactOptional(), cleanUp: cleanUp.exactOptional(), seats: seats.exactOptional(), status: status.exactOptional() })
  .meta({ id: 'PoolChange' });

export const PoolListed = z
  .object({
    id,
    name: z.string(),
    logIn,
    cleanUp,
    seats: count.nullable(),
    status,
    desktops: count,
    seatsTaken: count,
    suitable: z.boolean().describe('False: nobody is let in, since nothing keeps one person\'s screen from the next.'),
    people: z.array(z.object({ id, username: z.string() })),
    units: z.array(z.object({ id, name: z.string() })),
  })
  .meta({ id: 'PoolListed' });
export const PoolRecordList = z.object({ items: z.array(PoolListed), next: nothingMore }).meta({ id: 'PoolRecordList' });
export const AssignedUnitParameters = z.strictObject({ id, unitId: id });

export type NewPool = z.infer<typeof NewPool>;
export type PoolChange = z.infer<typeof PoolChange>;
export type PoolListed = z.infer<typeof PoolListed>;
export type PoolRecordList = z.infer<typeof PoolRecordList>;
