import { z } from 'zod';
import { organisation, registeredName } from './parts.ts';

const seats = z.int().min(0).max(1_000_000);
const floor = seats.meta({ description: 'Guaranteed: nobody else is let onto these seats' });
const most = seats.meta({ description: 'No more than these at once' });
const share = z.strictObject({ floor: floor.exactOptional(), most: most.exactOptional() });

export const seatRules = {
  total: seats.exactOptional(),
  reserve: seats.meta({ description: 'Of the total, kept free for class P0' }),
  'surplus-keeps': seats.exactOptional().meta({ description: 'Free seats that classes which are not due yet leave to the others' }),
  organisations: z.record(organisation, z.union([seats, share])).exactOptional().meta({ description: 'By name of the organisation: a number is the most it gets' }),
  units: z
    .array(z.strictObject({ organisation, unit: registeredName('Path of the unit below its organisation, such as 福祉部 or 福祉部/生活福祉課'), ...share.shape }))
    .exactOptional()
    .meta({ description: 'Shares of units, each with everything below it' }),
};

/** capacity.yaml: sessions at once, by the weight of their desktops. What is not named is not limited. */
export const CapacityDocument = z.strictObject({ seats: z.strictObject({ ...seatRules, guacd: seats.min(1).exactOptional().meta({ description: 'Of each guacd' }) }) });
