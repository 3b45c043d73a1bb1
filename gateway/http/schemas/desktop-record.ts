import { z } from 'zod';
import { count, id, instant, named, next, paging, protocol, status, typed, yes } from './words.ts';

const kind = z.enum(['exclusive', 'multi-session']);

export const DesktopListed = z
  .object({
    id,
    name: z.string(),
    protocol,
    host: z.string(),
    port: count,
    status,
    kind,
    sessions: count.describe('How many people at once.'),
    weight: count,
    credentials: z.enum(['stored', 'ask']),
    pool: z.object({ id, name: z.string() }).nullable(),
    assignedTo: z.array(z.string()).describe('Usernames, the first ten.'),
    assigned: count,
    openSessions: count,
    residualSessions: count,
  })
  .meta({ id: 'DesktopListed' });
export const DesktopRecordList = z.object({ items: z.array(DesktopListed), next }).meta({ id: 'DesktopRecordList' });

export const DesktopDetails = DesktopListed.extend({
  people: z.array(z.object({ id, username: z.string(), displayName: z.string() })),
  residual: z.array(z.object({ id, username: z.string(), displayName: z.string(), beganAt: instant, open: z.boolean() })),
}).meta({ id: 'DesktopDetails' });

export const DesktopRecordsQuery = z.strictObject({ search: typed(200).exactOptional(), status: status.exactOptional(), poolId: id.exactOptional(), residual: yes.exactOptional(), ...paging });
export const NewDesktopInput = z
  .strictObject({
    name: named(200),
    protocol,
    host: typed(254),
    port: z.int().min(1).max(65_535),
    weight: z.int().min(1).max(100).exactOptional(),
    kind: kind.exactOptional(),
    sessions: z.int().min(1).max(500).exactOptional(),
    poolId: id.exactOptional(),
    credentials: z.union([z.literal('ask'), z.strictObject({ username: typed(256).exactOptional(), password: typed(1024), domain: typed(256).exactOptional() })]),
  })
  .meta({ id: 'NewDesktopInput' });
export const PoolChoice = z.strictObject({ poolId: id.nullable() }).meta({ id: 'PoolChoice' });
export const ProbeResult = z.object({ reachable: z.boolean(), checkedAt: instant }).meta({ id: 'ProbeResult' });

export const AssignedPersonParameters = z.strictObject({ id, personId: id });
export const ResidualParameters = z.strictObject({ id, residualId: id });

export type DesktopListed = z.infer<typeof DesktopListed>;
export type DesktopRecordList = z.infer<typeof DesktopRecordList>;
export type DesktopDetails = z.infer<typeof DesktopDetails>;
export type NewDesktopInput = z.infer<typeof NewDesktopInput>;
export type PoolChoice = z.infer<typeof PoolChoice>;
export type ProbeResult = z.infer<typeof ProbeResult>;
