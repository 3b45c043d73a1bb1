import { z } from 'zod';
import { fromLevel, organisation, registeredName, site } from './parts.ts';

const rules = z.strictObject({
  name: registeredName('Name of a duty, as it is registered'),
  organisation: organisation.exactOptional(),
  'outside-from-level': fromLevel.exactOptional(),
  sites: z.array(site).min(1).exactOptional().meta({ description: 'The only sites it may be done from' }),
});

export const duties = z.array(rules);

/** duties.yaml: narrower rules for single duties. */
export const DutiesDocument = z.strictObject({ duties });
