import { z } from 'zod';
import { ROLES } from '../../vocabulary.ts';
import { DAY, duration } from './parts.ts';

const HOUR = 3_600;
const idle = duration(60, HOUR).meta({ description: 'A sign-in ends when nothing was asked with it for so long; 1h at most' });
const absolute = duration(300, DAY).meta({ description: 'A sign-in ends after this, whatever was done with it; 24h at most' });
const atOnce = z.int().min(1).max(50).meta({ description: 'How many sign-ins of one person stand at once; one more ends the oldest' });
const narrower = z.strictObject({ idle: idle.exactOptional(), absolute: absolute.exactOptional(), 'at-once': atOnce.exactOptional() });
const longer = z.strictObject({ idle: idle.exactOptional(), absolute: absolute.exactOptional() });

/** How long sign-ins last (SP 800-63B-4, 2.2.3: at AAL2 no longer than an hour idle and a day in all). */
export const signInLimits = z.strictObject({
  idle,
  absolute,
  'at-once': atOnce,
  'warn-before': duration(1, HOUR).meta({ description: 'So long before a limit ends a sign-in its person is told' }),
  roles: z.partialRecord(z.enum(ROLES).exclude(['staff']), narrower).exactOptional().meta({ description: 'For whoever holds the role, beside others or alone; the strictest counts' }),
  levels: z.partialRecord(z.enum(['1', '2', '3', 'R']), longer).exactOptional().meta({ description: 'At this level instead of idle and absolute above; what a role says stays' }),
});
