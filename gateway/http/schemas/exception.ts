import { z } from 'zod';
import { count, id, instant, next, paging, reason, yes } from './words.ts';

const named = z.object({ id, displayName: z.string() });
const candidate = z.object({ id, displayName: z.string(), unitName: z.string() });

export const ZoneException = z
  .object({
    id,
    state: z.enum(['waiting', 'holds', 'over', 'ended', 'lapsed']).describe('`over`: its time has passed; `ended`: somebody ended it; `lapsed`: nobody agreed in time.'),
    person: candidate,
    duty: named.omit({ displayName: true }).extend({ name: z.string() }),
    seconds: count.describe('How long it holds from the agreement.'),
    reason: z.string(),
    askedBy: named,
    askedAt: instant,
    closesAt: instant,
    agreedBy: named.exactOptional(),
    agreedAt: instant.exactOptional(),
    asDeputy: z.boolean().exactOptional(),
    until: instant.exactOptional(),
    endedBy: named.exactOptional(),
    endedAt: instant.exactOptional(),
    endReason: z.string().exactOptional(),
    sessions: count,
    may: z.object({ agree: z.boolean(), end: z.boolean() }),
  })
  .meta({ id: 'ZoneException' });
export const ZoneExceptionList = z.object({ items: z.array(ZoneException), next }).meta({ id: 'ZoneExceptionList' });
export const ZoneExceptionQuery = z.strictObject({ ...paging, open: yes.exactOptional() });
export const NewZoneException = z.strictObject({ personId: id, dutyId: id, seconds: z.int().min(1).max(28_800), reason }).meta({ id: 'NewZoneException' });
export const ExceptionCandidate = candidate.extend({ duties: z.array(z.object({ id, name: z.string() })) }).meta({ id: 'ExceptionCandidate' });
export const ExceptionCandidateList = z.object({ items: z.array(ExceptionCandidate), next }).meta({ id: 'ExceptionCandidateList' });

export type ZoneException = z.infer<typeof ZoneException>;
export type ZoneExceptionList = z.infer<typeof ZoneExceptionList>;
export type ExceptionCandidateList = z.infer<typeof ExceptionCandidateList>;
export type NewZoneException = z.input<typeof NewZoneException>;
