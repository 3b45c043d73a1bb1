import { z } from 'zod';
import { CLASSES } from '../policy/documents/index.ts';

const hours = z.number().min(0).max(24 * 60);
const span = z.strictObject({ from: hours.meta({ description: 'Hours since the onset' }), to: hours });

/**
 * A day to try a policy on: what happened, at which level, and who asks for what, when and for how long. Times are hours since the onset.
 */
export const ScenarioDocument = z.strictObject({
  name: z.string().min(1).max(200),
  hours: hours.min(0.1).meta({ description: 'How long is simulated' }),
  seed: z.int().min(0).exactOptional().meta({ description: 'The same numbers give the same day; 1 unless said otherwise' }),
  organisation: z.string().min(1),
  levels: z
    .array(z.strictObject({ level: z.union([z.literal([0, 1, 2, 3]), z.literal('R')]), from: hours }))
    .min(1)
    .meta({ description: 'Which level holds from when on; the first from 0' }),
  groups: z
    .array(
      z.strictObject({
        duty: z.string().min(1),
        class: z.enum(CLASSES),
        target: hours.exactOptional().meta({ description: 'Target time in hours, where it is not that of the class' }),
        organisation: z.string().min(1).exactOptional(),
        unit: z.string().min(1).exactOptional().meta({ description: 'Path below the organisation, such as 福祉部/生活福祉課' }),
        people: z.int().min(1).max(20_000),
        asks: span.meta({ description: 'Each asks once, at any time in it' }),
        stays: z.strictObject({ typically: hours.meta({ description: 'Median, in hours' }), spread: z.number().min(0).max(2).exactOptional().meta({ description: 'Of the logarithm; 0.5 unless said otherwise' }) }),
        weight: z.int().min(1).max(100).exactOptional(),
        patience: hours.exactOptional().meta({ description: 'Gives up after so many hours; never unless said otherwise' }),
      }),
    )
    .min(1),
});
export type Scenario = z.infer<typeof ScenarioDocument>;
