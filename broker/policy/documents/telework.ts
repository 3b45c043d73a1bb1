import { z } from 'zod';
import { DAY, duration, liftedFrom, text } from './parts.ts';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'] as const;

const CLOCK = 'a time of day is such as 07:00; a day ends at 24:00';
/** In minutes from midnight. Quoted or not: YAML 1.2 reads 07:00 as text. */
const timeOfDay = z
  .string(CLOCK)
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, CLOCK)
  .meta({ description: 'Time of day in Japan, such as 07:00; a day ends at 24:00' })
  .transform((said) => Number(said.slice(0, 2)) * 60 + Number(said.slice(3)));

const open = z
  .strictObject({ days: z.array(z.enum(DAYS)).min(1), from: timeOfDay, until: timeOfDay })
  .refine(({ from, until }) => !(from >= until), { path: ['until'], message: 'not later than from: a night is two entries, until 24:00 and from 00:00' });

export const hours = z
  .strictObject({ open: z.array(open).min(1), 'lifted-from-level': liftedFrom.exactOptional() })
  .meta({ description: 'When telework is allowed, in Japan time. A holiday is no day of the week' });

const most = (days: number) => z.int().min(1).max(days);
export const dayLimit = z
  .strictObject({ week: most(7).exactOptional(), month: most(31).exactOptional(), 'lifted-from-level': liftedFrom.exactOptional() })
  .refine(({ week, month }) => week !== undefined || month !== undefined, 'a limit a week, a month or both')
  .meta({ description: 'The most days of telework of one person in a week (from Monday) and in a month' });

const holiday = z.iso.date('a day such as 2027-01-01').meta({ description: 'A holiday, such as 2027-01-01' });

const acknowledgement = z
  .strictObject({
    version: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'letters, digits, dots and dashes').meta({ description: 'Whoever acknowledged another one is asked anew' }),
    rules: text(20_000, 'The rules of telework, as they are read and acknowledged'),
    'lifted-from-level': liftedFrom.exactOptional(),
    'lifted-for': duration(60, 31 * DAY).exactOptional().meta({ description: 'So long after the level began' }),
  })
  .refine((said) => (said['lifted-from-level'] === undefined) === (said['lifted-for'] === undefined), { path: ['lifted-for'], message: 'lifted-from-level and lifted-for stand together' });

/** What is asked of everybody who works from outside the office. */
export const teleworkRules = z.strictObject({
  acknowledgement: acknowledgement.exactOptional(),
  holidays: z.array(holiday).exactOptional().meta({ description: 'Days that are no working days, whatever day of the week they are' }),
  hours: hours.exactOptional(),
  days: dayLimit.exactOptional(),
});
