import { z } from 'zod';
import { fromLevel, organisation, registeredName, site, text } from './parts.ts';
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

export const duties = z.array(rules);

/** duties.yaml: narrower rules for single duties, and the rules of telework for all of them. */
export const DutiesDocument = z.strictObject({ duties, telework: teleworkRules.exactOptional() });
