import { z } from 'zod';
import { DAY, duration } from './parts.ts';

/** durations.yaml: how long things last. */
export const DurationsDocument = z.strictObject({
  durations: z.strictObject({
    lease: duration(1, DAY).meta({ description: 'The longest a lease lasts from its grant' }),
    unused: duration(1, 3_600).meta({ description: 'A granted lease that was not used by then ends' }),
    parking: duration(1, DAY).meta({ description: 'How long a desktop is kept for a person whose browser is gone' }),
    provisional: duration(1, 7_200).meta({ description: 'How long one person alone can raise the level; 2h at most' }),
    proposal: duration(1, 14 * DAY).meta({ description: 'A proposal that nobody approved by then is closed' }),
    'fresh-factor': duration(1, 3_600).meta({ description: 'How old the second factor may be for an approval' }),
  }),
});
