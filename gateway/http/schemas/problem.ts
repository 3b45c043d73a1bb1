import { z } from 'zod';
import { SIGN_IN_ENDS } from '../../../broker/port.ts';
import { code, id, instant, role, site } from './words.ts';

const text = z.string().describe('The way in words.');
/** A way that would work, told with a refusal. */
export const Help = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('acknowledge'), text }),
    z.object({ kind: z.literal('duty'), dutyId: id, name: z.string(), text }),
    z.object({ kind: z.literal('level'), level: z.enum(['1', '2', '3']), text }),
    z.object({ kind: z.literal('site'), sites: z.array(site), text }),
    z.object({ kind: z.literal('time'), at: instant, text }),
    z.object({ kind: z.literal('seat'), text }),
    z.object({ kind: z.literal('ask'), role, text }),
  ])
  .meta({ id: 'Help' });

/** RFC 9457. `support` is what a person reads out on the phone. */
export const Problem = z
  .object({
    type: z.string().describe('urn:sekisho:<code>'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe('What happened and what to do, in the language of the person or of Accept-Language.'),
    code,
    support: z.string(),
    reasons: z.array(z.object({ code, support: z.string(), text: z.string(), said: z.string().exactOptional().describe('What the policy itself says about it.') })).exactOptional(),
    outcome: z.enum(['wait', 'refuse']).exactOptional().describe('`wait`: nothing but a free seat or desktop is missing.'),
    help: z.array(Help).exactOptional().describe('What would work instead, the nearest first.'),
    fields: z.array(z.object({ path: z.string(), expected: z.string() })).exactOptional(),
    clockDrift: z.object({ phone: z.enum(['fast', 'slow']), minutes: z.int().min(1) }).exactOptional().describe('By how much the clock of the phone is off that showed the code.'),
    retryAfterSeconds: z.number().int().min(0).exactOptional(),
    before: z.number().int().min(0).exactOptional().describe('About how many are served before, of those who wait for their turn to sign in.'),
    ended: z.enum(SIGN_IN_ENDS).exactOptional().describe('Why the sign-in that was shown is over.'),
    incident: z.string().exactOptional().describe('Names the entry in the operational log, for a fault of the service.'),
  })
  .meta({ id: 'Problem' });

export type Help = z.infer<typeof Help>;
export type Problem = z.infer<typeof Problem>;
