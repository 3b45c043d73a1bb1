import { z } from 'zod';
import { EntryStop } from './entry-stop.ts';
import { askedInstant, code, count, id, instant, level, liftedRule, next, paging, priorityClass, site, typed, yes } from './words.ts';

export const SessionListed = z
  .object({
    id: id.describe('Of the lease, or of the decision where there is no lease.'),
    kind: z.enum(['session', 'request']),
    state: z.enum(['granted', 'active', 'parked', 'ended', 'wait', 'refuse']),
    person: z.object({ id, username: z.string(), displayName: z.string() }),
    unit: z.object({ id, name: z.string() }),
    desktop: z.object({ id, name: z.string() }).nullable(),
    duty: z.object({ id, name: z.string(), class: priorityClass }).nullable(),
    site: site.nullable(),
    address: z.string(),
    level,
    at: instant.describe('Of the request.'),
    connectedAt: instant.exactOptional(),
    endedAt: instant.exactOptional(),
    endedBecause: z.string().exactOptional(),
    reasons: z.array(code),
    lifted: z.array(liftedRule),
    refusedChannels: count,
  })
  .meta({ id: 'SessionListed' });
export const SessionList = z.object({ items: z.array(SessionListed), next }).meta({ id: 'SessionList' });

export const SessionsSummary = z
  .object({ live: count, parked: count, people: count, refusedLastHour: count, stops: z.array(EntryStop) })
  .meta({ id: 'SessionsSummary' });

export const TimelineEvent = z
  .object({
    id: z.string(),
    at: instant,
    code: z.string().describe('Such as SKA-4001.'),
    event: z.string(),
    actor: z.object({ kind: z.enum(['person', 'system', 'operator']), displayName: z.string().exactOptional() }),
    fields: z.record(z.string(), z.unknown()).describe('As the audit trail has them.'),
    lane: count,
    sequence: count,
  })
  .meta({ id: 'TimelineEvent' });
export const Timeline = z
  .object({ session: SessionListed, policyVersion: z.string(), expiresAt: instant.exactOptional(), events: z.array(TimelineEvent), mayEnd: z.boolean() })
  .meta({ id: 'Timeline' });

const filter = {
  state: z.enum(['live', 'past', 'refused']).exactOptional(),
  personId: id.exactOptional(),
  person: typed(200).exactOptional().describe('Part of a username or a display name.'),
  desktopId: id.exactOptional(),
  desktop: typed(200).exactOptional().describe('Part of a desktop\'s name.'),
  dutyId: id.exactOptional(),
  unitId: id.exactOptional().describe('This unit and below.'),
  from: askedInstant.exactOptional(),
  to: askedInstant.exactOptional(),
  outcome: z.enum(['admit', 'wait', 'refuse']).exactOptional(),
  reason: z.string().regex(/^[a-z-]{1,60}$/).exactOptional().describe('One of the decision\'s reasons, or why the session ended.'),
};
export const SessionsQuery = z.strictObject({ ...filter, refresh: yes.exactOptional().describe('A page that asks anew by itself; logged once an hour.'), ...paging });
export const SessionExportQuery = z.strictObject(filter);

export type SessionListed = z.infer<typeof SessionListed>;
export type SessionList = z.infer<typeof SessionList>;
export type SessionsSummary = z.infer<typeof SessionsSummary>;
export type TimelineEvent = z.infer<typeof TimelineEvent>;
export type Timeline = z.infer<typeof Timeline>;
