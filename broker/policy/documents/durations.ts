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
    deputy: duration(1, 31 * DAY).meta({ description: 'The longest that a deputy stands in for the activation authority' }),
    exception: duration(1, 8 * 3_600).meta({ description: 'The longest that a My Number exception holds; 8h at most' }),
    'due-before': duration(0, 7 * DAY).meta({ description: 'So long before its target time a class becomes due' }),
    ageing: duration(1, 7 * DAY).meta({ description: 'Who has waited so long counts as one class more urgent, never above P2' }),
    tenure: duration(1, DAY).meta({ description: 'A session so young never yields its seat' }),
    extension: duration(0, 3_600).meta({ description: 'How much longer a session that yields may go on, once; 0s: no longer' }),
    'sit-down': duration(5, 3_600).meta({ description: 'A seat from the queue that was not taken by then goes to the next' }),
    'place-kept': duration(10, DAY).meta({ description: 'How long a place in the queue is kept for a person whose page is gone' }),
    'absent-after': duration(5, 3_600).meta({ description: 'Who was not seen for so long is passed over, and keeps the place' }),
  }),
});
