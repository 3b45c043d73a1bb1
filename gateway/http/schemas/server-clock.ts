import { z } from 'zod';
import { instant } from './words.ts';

export const ServerClock = z
  .object({ trusted: z.boolean().describe('False: one-time codes are refused.'), why: z.enum(['jumped', 'apart-from-database', 'without-source']).exactOptional(), since: instant })
  .meta({ id: 'ServerClock' });

export type ServerClock = z.infer<typeof ServerClock>;
