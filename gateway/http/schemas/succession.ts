import { z } from 'zod';
import { askedInstant, count, id, instant, level, next, reason, typed } from './words.ts';

const named = z.object({ id, displayName: z.string() });
const candidate = z.object({ id, displayName: z.string(), unitName: z.string() });

export const Succession = z
  .object({
    heads: z.array(named).describe('Who may approve by their own right.'),
    order: z.array(candidate).describe('Who stands in for them, in order.'),
    proposals: z.array(z.object({ id, people: z.array(candidate), reason: z.string(), proposedBy: named, proposedAt: instant, closesAt: instant, own: z.boolean() })),
    deputyship: z
      .object({
        id,
        deputy: named,
        how: z.enum(['handed-over', 'declared']),
        begunBy: named,
        absent: z.array(named).describe('Whose return ends it.'),
        reason: z.string(),
        since: instant,
        until: instant,
        own: z.boolean(),
      })
      .exactOptional(),
    may: z.object({ propose: z.boolean(), approve: z.boolean(), handOver: z.boolean(), declare: z.boolean(), endDeputyship: z.boolean() }),
    longest: count.nullable().describe('Seconds that a deputyship lasts at most.'),
  })
  .meta({ id: 'Succession' });

export const Candidate = candidate.meta({ id: 'Candidate' });
export const CandidateList = z.object({ items: z.array(Candidate), next }).meta({ id: 'CandidateList' });
export const CandidateQuery = z.strictObject({ search: typed(100).exactOptional() });
export const NewOrder = z.strictObject({ people: z.array(id).max(20).describe('In order.'), reason }).meta({ id: 'NewOrder' });
export const HandingOver = z.strictObject({ deputyId: id, reason, until: askedInstant.exactOptional() }).meta({ id: 'HandingOver' });
export const Declaration = z.strictObject({ reason, until: askedInstant.exactOptional() }).meta({ id: 'Declaration' });

export const ContinuityAct = z
  .object({
    id,
    kind: z.enum([
      'level-proposed',
      'level-changed',
      'level-withdrawn',
      'order-proposed',
      'order-approved',
      'order-withdrawn',
      'deputy-handed-over',
      'deputy-declared',
      'deputy-by-head',
      'deputy-by-deputy',
      'deputy-returned',
      'deputy-expired',
      'deputy-replaced',
      'exception-asked',
      'exception-agreed',
      'exception-ended',
    ]),
    at: instant,
    by: z.string().exactOptional(),
    about: z.string().exactOptional(),
    level: level.exactOptional(),
    until: instant.exactOptional(),
    reason: z.string(),
    asDeputy: z.boolean(),
  })
  .meta({ id: 'ContinuityAct' });
export const ContinuityActs = z.object({ items: z.array(ContinuityAct), next }).meta({ id: 'ContinuityActs' });

export type Succession = z.infer<typeof Succession>;
export type Candidate = z.infer<typeof Candidate>;
export type CandidateList = z.infer<typeof CandidateList>;
export type ContinuityAct = z.infer<typeof ContinuityAct>;
export type ContinuityActs = z.infer<typeof ContinuityActs>;
/** As they are sent. */
export type NewOrder = z.input<typeof NewOrder>;
export type HandingOver = z.input<typeof HandingOver>;
export type Declaration = z.input<typeof Declaration>;
