import { z } from 'zod';
import { CODES, type Code } from '../codes.ts';
import { CLASSES, parts, SITES } from '../policy/documents/index.ts';
import type { Level, Zone } from '../port.ts';

const ZONES = ['internet', 'lgwan', 'my-number'] as const satisfies readonly Zone[];
const status = z.enum(['active', 'disabled']);
const level = z.union([z.literal([0, 1, 2, 3]), z.literal('R')]).transform((said) => String(said) as Level);
/** A list stands for each of its members: the case holds for all of them. */
const oneOrMore = <One extends z.ZodType>(one: One) => z.union([one, z.array(one).min(1)]).transform((said) => [said].flat() as z.infer<One>[]);

const duty = z.strictObject({ name: z.string().min(1).exactOptional(), class: z.enum(CLASSES).exactOptional(), zone: z.enum(ZONES).exactOptional() });
const count = z.int().min(0);
const hours = z.number().min(0);
const desktop = z.strictObject({
  status: status.exactOptional(),
  kind: z.enum(['exclusive', 'multi-session']).exactOptional(),
  sessions: count.min(1).exactOptional(),
  weight: count.min(1).exactOptional(),
});

/** Put over the policy that is tried, in the words of its files. */
const overPolicy = z.strictObject({
  networks: parts.networks.exactOptional(),
  'everywhere-else': z.union([z.literal('none'), z.enum(SITES)]).exactOptional(),
  classes: z.partialRecord(z.enum(CLASSES), z.strictObject({ 'outside-from-level': parts.fromLevel })).exactOptional(),
  duties: parts.duties.exactOptional(),
  telework: parts.telework.exactOptional(),
  delegation: z.union([z.literal('none'), parts.delegation]).exactOptional(),
  seats: z.strictObject({ ...parts.seats, total: count, reserve: count }).partial().exactOptional(),
});

const given = z.strictObject({
  policy: z.union([z.literal('none'), overPolicy]),
  organisation: z.string().min(1),
  level: oneOrMore(level),
  provisional: level.meta({ description: 'Raised by one person alone, besides the level' }),
  account: status,
  staff: z.boolean(),
  entry: z.enum(['open', 'stopped']),
  desktop: z.union([z.literal('none'), desktop]),
  pool: z.strictObject({ status, 'log-in': z.enum(['personal', 'shared']), 'clean-up': z.enum(['none', 'proved']), seats: count, taken: count }).partial(),
  assigned: z.boolean(),
  exception: z.enum(['proved', 'not-proved']).meta({ description: 'A My Number exception that holds for the person and duty, with a second factor proved lately or not' }),
  bypass: z.union([z.literal(true), z.strictObject({ elsewhere: count })]).meta({ description: 'The person signed in by a shelter bypass; with so many open sessions on other desktops' }),
  holds: z.array(duty.required({ name: true })).meta({ description: 'Other duties of the person' }),
  mine: z.boolean().meta({ description: 'The person has a session on the desktop' }),
  others: count.meta({ description: 'Sessions of other people on the desktop' }),
  residual: z.boolean().meta({ description: "Another person's OS session lives on there" }),
  unit: z.string().min(1).meta({ description: 'Path of the unit of the person, below the organisation' }),
  taken: z.strictObject({ total: count, organisation: count, unit: count }).partial().meta({ description: 'Seats that are taken: in all, of these in the organisation, and of these in the unit' }),
  before: z
    .strictObject({ seats: z.enum(CLASSES), unit: z.enum(CLASSES), machine: z.enum(CLASSES) })
    .partial()
    .meta({ description: 'Somebody of this class waits: elsewhere in the installation, in the own unit, for the same desktop or pool' }),
  acknowledged: z.boolean().meta({ description: 'The person has acknowledged the rules of telework in the version in force' }),
  worked: z
    .array(z.union([z.iso.date(), z.strictObject({ day: z.iso.date(), duty: z.string().min(1) })]))
    .meta({ description: 'Days on which the person worked by telework, for the duty that is asked for where no other is named' }),
  onset: hours.meta({ description: 'Hours since the onset of the event, and since the level began' }),
});

const request = z.strictObject({
  site: oneOrMore(z.enum([...SITES, 'unknown'])),
  address: z.string().meta({ description: 'Instead of a site: the site is told by the networks' }),
  class: oneOrMore(z.enum(CLASSES)),
  zone: oneOrMore(z.enum(ZONES)),
  duty: z.string().min(1).meta({ description: 'Name of the duty; none: one that the person does not hold' }),
  device: z.literal('registered').meta({ description: 'From a registered device of the person, which was proved' }),
  delegated: z.boolean().meta({ description: 'The duty was handed over to the person for a time' }),
  for: z.enum(['desktop', 'pool']),
  'log-in': z.enum(['stored', 'given', 'missing']),
  at: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d (?:[01]\d|2[0-3]):[0-5]\d$/)
    .meta({ description: 'When it is asked, in Japan; as usual on Thursday, 2026-10-01 09:00' }),
});

/** Of how somebody signed in. */
const BY_SIGN_IN: readonly string[] = ['bypass-not-for-class', 'bypass-one-session'];

/** Those of admission, and two that others have as well. */
const reason = z.enum(Object.keys(CODES).filter((code) => CODES[code as Code].support.startsWith('SEK-12') || BY_SIGN_IN.includes(code) || code === 'step-up-required' || code === 'class-not-back-yet') as [Code, ...Code[]]);

const expected = z.strictObject({
  outcome: z.enum(['admit', 'wait', 'refuse']),
  reasons: z.array(reason).exactOptional().meta({ description: 'All of them, in order; none where it is not said' }),
  help: z
    .array(z.string().regex(/^(seat|acknowledge|(duty|level|site|ask|time) .+)$/))
    .exactOptional()
    .meta({ description: 'All of it, in order: `duty NAME`, `level 2`, `site home, office`, `time 2026-10-02 07:00`, `acknowledge`, `seat`, `ask bcp-admin`; not looked at where it is not said' }),
  site: z.enum([...SITES, 'unknown']).exactOptional().meta({ description: 'Where the request is taken to come from' }),
});

const one = z.strictObject({ name: z.string().min(1).max(200), given: given.partial().exactOptional(), request: request.partial().exactOptional(), expected });

/** A file of cases: what is so, what is asked for, what comes of it. What a case does not say is as in `BASE`. */
export const CasesDocument = z.strictObject({ cases: z.array(one).min(1) });

export type Case = z.infer<typeof one>;
export type Given = NonNullable<Case['given']>;
export type Asked = NonNullable<Case['request']>;
export type OverPolicy = Exclude<Given['policy'], 'none' | undefined>;
