import { z } from 'zod';
import { DAY, duration, fromLevel, organisation, registeredName, site, text } from './parts.ts';
import { dayLimit, hours, teleworkRules } from './telework.ts';

const rules = z.strictObject({
  name: registeredName('Name of a duty, as it is registered'),
  organisation: organisation.exactOptional(),
  'outside-from-level': fromLevel.exactOptional(),
  sites: z.array(site).min(1).exactOptional().meta({ description: 'The only sites it may be done from' }),
  'not-teleworkable': text(500, 'Why it is never done by telework, as it is told to whoever asks').exactOptional(),
  hours: hours.exactOptional(),
  days: dayLimit.exactOptional(),
});

/** Absent: no duty is handed over. */
export const delegation = z.strictObject({
  longest: duration(60, 92 * DAY).meta({ description: 'The longest that a duty is handed over for' }),
  'my-number': z.boolean().exactOptional().meta({ description: 'Duties of the zone My Number may be handed over as well' }),
});

/** Absent: no account is made that ends by itself. */
const loanedStaff = z
  .strictObject({
    longest: duration(60, 366 * DAY).meta({ description: 'The longest from now to the end of an account of loaned staff' }),
    'warn-before': z.array(duration(60, 92 * DAY)).meta({ description: 'Before the end, those who administer accounts and the person are warned' }),
  })
  .refine((said) => said['warn-before'].every((seconds) => seconds < said.longest), { path: ['warn-before'], message: 'a warning before the account begins' });

export const duties = z.array(rules);

/** duties.yaml: narrower rules for single duties, and the rules of telework for all of them. */
export const DutiesDocument = z.strictObject({ duties, telework: teleworkRules.exactOptional(), delegation: delegation.exactOptional(), 'loaned-staff': loanedStaff.exactOptional() });
