import { z } from 'zod';
import { duration, fromLevel, priorityClass, site } from './parts.ts';

/** The shelter bypass, within sign-in.yaml; absent: there is none. */
export const bypass = z
  .strictObject({
    'from-level': fromLevel.meta({ description: 'From this continuity level on it is possible; 0: at every level' }),
    classes: z.array(priorityClass.exclude(['PX'])).min(1).meta({ description: 'For duties of these classes only' }),
    sites: z.array(site).min(1).meta({ description: 'Where it may be used, as told by the networks' }),
    'at-once': z.int().min(1).max(10_000).meta({ description: 'Open or in use at once, in one organisation' }),
    'a-person-a-day': z.int().min(1).max(100).meta({ description: 'Issued for one person within 24 hours' }),
    'approve-within': duration(60, 86_400).meta({ description: 'One that nobody approved by then is closed' }),
    'redeem-within': duration(60, 900).meta({ description: 'From its approval on it can be used for so long; 15m at most' }),
    lasts: duration(60, 28_800).meta({ description: 'How long the sign-in lasts; 8h at most' }),
  })
  .meta({ description: 'The shelter bypass; without it nobody signs in by one' });
