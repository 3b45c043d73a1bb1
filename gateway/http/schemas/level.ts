import { z } from 'zod';
import { askedInstant, continuityEvent, count, id, instant, level, next, priorityClass, reason, site, zone } from './words.ts';

export const LevelInForce = z
  .object({
    number: count.describe('Counts the changes of level; 0 before the first.'),
    level,
    since: instant.exactOptional(),
    began: instant.exactOptional().describe('Where it was extended: since when it holds without a break.'),
    until: instant.exactOptional().describe('When it falls by itself.'),
    provisional: z.object({ level, until: instant }).exactOptional().describe('Raised by one person alone; counts for duties of the classes P0 to P2 only, and `level` for all others.'),
    event: continuityEvent.exactOptional(),
    onset: instant.exactOptional(),
    reason: z.string().exactOptional(),
  })
  .meta({ id: 'LevelInForce' });

export const LevelProposal = z
  .object({
    id,
    level,
    event: continuityEvent,
    onset: instant,
    reason: z.string(),
    until: instant,
    proposedBy: z.object({ id, displayName: z.string() }),
    proposedAt: instant,
    closesAt: instant,
    own: z.boolean(),
    supersedes: z
      .object({ level, until: instant, reason: z.string(), proposedBy: z.string(), proposedAt: instant })
      .exactOptional()
      .describe('The proposal whose place it took.'),
    provisionalUntil: instant.exactOptional().describe('In force on the proposer\'s word alone.'),
  })
  .meta({ id: 'LevelProposal' });

const seconds = count.nullable();
export const Situation = z
  .object({
    inForce: LevelInForce,
    proposals: z.array(LevelProposal),
    may: z.object({ propose: z.boolean(), approve: z.boolean(), tighten: z.boolean(), provisional: z.boolean() }),
    expiresAfter: z.object({ '0': seconds, '1': seconds, '2': seconds, '3': seconds, R: seconds }).describe('Seconds until each level falls by itself.'),
    seats: z.array(z.object({ scope: z.enum(['total', 'organisation', 'pool']), name: z.string().exactOptional(), seats: count, taken: count })),
    duties: z.array(
      z.object({
        dutyId: id,
        name: z.string(),
        class: priorityClass,
        zone,
        people: count,
        sessions: count,
        turnedAway: count.describe('Decisions of the last hour that let somebody wait or refused for want of a seat or a level.'),
        dueAt: instant.exactOptional(),
      }),
    ),
  })
  .meta({ id: 'Situation' });

export const LevelChange = z
  .object({
    id,
    number: count,
    level,
    baseLevel: level,
    how: z.enum(['approved', 'provisional', 'tightened', 'expired', 'reverted']),
    since: instant,
    until: instant.exactOptional(),
    event: continuityEvent.exactOptional(),
    onset: instant.exactOptional(),
    reason: z.string(),
    proposedBy: z.string().exactOptional(),
    approvedBy: z.array(z.string()),
    actedBy: z.string().exactOptional(),
  })
  .meta({ id: 'LevelChange' });
export const LevelHistory = z.object({ items: z.array(LevelChange), next }).meta({ id: 'LevelHistory' });

export const LevelEffect = z
  .object({
    level,
    until: instant.exactOptional(),
    sessionsEnding: count,
    graceSeconds: count,
    peopleGaining: count,
    peopleLosing: count,
    duties: z.array(z.object({ dutyId: id, name: z.string(), class: priorityClass, people: count, sitesNow: z.array(site), sitesThen: z.array(site) })),
  })
  .meta({ id: 'LevelEffect' });

export const LevelEffectQuery = z.strictObject({ level, provisional: z.enum(['yes', 'no']).exactOptional() });
export const NewLevelProposal = z.strictObject({ level, event: continuityEvent, onset: askedInstant, reason, until: askedInstant.exactOptional(), supersedes: id.exactOptional().describe('A proposal that this one changes, and that can no longer be approved.') }).meta({ id: 'NewLevelProposal' });
export const Tightening = z.strictObject({ level, reason }).meta({ id: 'Tightening' });

export type LevelInForce = z.infer<typeof LevelInForce>;
export type LevelProposal = z.infer<typeof LevelProposal>;
export type Situation = z.infer<typeof Situation>;
export type LevelChange = z.infer<typeof LevelChange>;
export type LevelHistory = z.infer<typeof LevelHistory>;
export type LevelEffect = z.infer<typeof LevelEffect>;
/** As it is sent. */
export type NewLevelProposal = z.input<typeof NewLevelProposal>;
export type Tightening = z.infer<typeof Tightening>;
