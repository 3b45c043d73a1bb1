import { z } from 'zod';
import { organisation } from './parts.ts';

const seats = z.int().min(0).max(1_000_000);

/** capacity.yaml: sessions at once, by the weight of their desktops. What is not named is not limited. */
export const CapacityDocument = z.strictObject({
  seats: z.strictObject({
    total: seats.exactOptional(),
    reserve: seats.meta({ description: 'Of the total, kept free for class P0' }),
    guacd: seats.min(1).exactOptional().meta({ description: 'Of each guacd' }),
    organisations: z.record(organisation, seats).exactOptional().meta({ description: 'By name of the organisation' }),
  }),
});
