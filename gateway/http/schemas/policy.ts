import { z } from 'zod';
import { count, instant } from './words.ts';

export const PolicyInForce = z
  .object({ version: z.string().describe('The digest that decisions cite.'), number: count, loadedAt: instant, files: z.array(z.object({ name: z.string(), text: z.string() })) })
  .meta({ id: 'PolicyInForce' });

export type PolicyInForce = z.infer<typeof PolicyInForce>;
