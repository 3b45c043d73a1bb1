import { z } from 'zod';
import { count, id, instant, named, next, paging, reason, typed, yes } from './words.ts';

const person = z.object({ id, displayName: z.string() });
const candidate = person.extend({ unitName: z.string() });

export const Bypass = z
  .object({
    id,
    state: z.enum(['waiting', 'usable', 'in-use', 'over', 'missed', 'lapsed', 'ended']).describe('`usable`: approved and not used yet; `missed`: not used in time; `lapsed`: nobody approved it in time; `ended`: somebody ended it.'),
    person: candidate,
    shelter: z.string(),
    voucher: person,
    reachedBy: z.string().describe('How the shelter manager was reached.'),
    reason: z.string(),
    issuedBy: person,
    issuedAt: instant,
    closesAt: instant,
    approvedBy: person.exactOptional(),
    approvedAt: instant.exactOptional(),
    asDeputy: z.boolean().exactOptional(),
    redeemUntil: instant.exactOptional(),
    usedAt: instant.exactOptional(),
    usedFrom: z.string().exactOptional(),
    until: instant.exactOptional().describe('When the sign-in ends or ended.'),
    endedBy: person.exactOptional(),
    endedAt: instant.exactOptional(),
    endReason: z.string().exactOptional(),
    may: z.object({ approve: z.boolean(), end: z.boolean() }),
  })
  .meta({ id: 'Bypass' });
export const BypassList = z.object({ items: z.array(Bypass), next }).meta({ id: 'BypassList' });
export const BypassQuery = z.strictObject({ ...paging, open: yes.exactOptional() });
export const NewBypass = z.strictObject({ personId: id, shelter: named(200), voucherId: id, reachedBy: named(200), reason }).meta({ id: 'NewBypass' });
export const ApprovedBypass = z.object({ bypass: Bypass, code: z.string().describe('Ten digits, told here and never again.') }).meta({ id: 'ApprovedBypass' });
export const BypassCandidates = z
  .object({
    people: z.array(candidate),
    vouchers: z.array(candidate),
    limits: z.object({ redeemWithin: count, lasts: count, fromLevel: z.literal([0, 1, 2, 3]) }).exactOptional().describe('In seconds; absent: the policy has no bypass.'),
  })
  .meta({ id: 'BypassCandidates' });
export const BypassCandidatesQuery = z.strictObject({ search: typed(100).exactOptional() });
export const BypassCode = z.strictObject({ code: typed(64).describe('Ten digits; full-width digits, blanks and hyphens are accepted.') }).meta({ id: 'BypassCode' });

export type Bypass = z.infer<typeof Bypass>;
export type BypassList = z.infer<typeof BypassList>;
export type NewBypass = z.infer<typeof NewBypass>;
export type ApprovedBypass = z.infer<typeof ApprovedBypass>;
export type BypassCandidates = z.infer<typeof BypassCandidates>;
