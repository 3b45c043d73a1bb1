import { z } from 'zod';
import { code, count, decimal, id, instant, leaseState, priorityClass, protocol, signature, site, typed } from './words.ts';

export const DesktopCredentials = z
  .strictObject({ username: typed(256), password: typed(1024), domain: typed(256).exactOptional() })
  .meta({ id: 'DesktopCredentials', description: 'For a desktop whose credentials are asked for. Never stored.' });
export const LeaseRequest = z
  .strictObject({
    desktopId: id.exactOptional(),
    poolId: id.exactOptional(),
    dutyId: id,
    changeDuty: z.boolean().exactOptional().describe('Sessions for another duty may be ended for it.'),
    changeWait: z.boolean().exactOptional().describe('A place in the queue for something else may be given up for it.'),
    credentials: DesktopCredentials.exactOptional(),
  })
  .refine(({ desktopId, poolId }) => (desktopId === undefined) !== (poolId === undefined), { path: ['desktopId'] })
  .meta({ id: 'LeaseRequest', description: 'Of `desktopId` and `poolId` exactly one.' });

/** That it is opened on a registered device: all three or none. */
const relayProof = { device: id.exactOptional(), challenge: id.exactOptional(), proof: signature.exactOptional() };

/** Size in CSS pixels, dots an inch (guacd's RDP child does not survive fewer than 24). */
export const RelayQuery = z.strictObject({
  width: decimal(64, 8192),
  height: decimal(64, 8192),
  dpi: decimal(24, 480),
  ...relayProof,
  timezone: z.string().max(64).regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/).exactOptional(),
});

export const Lease = z
  .object({
    id,
    state: leaseState,
    desktopId: id,
    desktopName: z.string(),
    protocol,
    dutyId: id,
    dutyName: z.string(),
    poolId: id.exactOptional(),
    site,
    grantedAt: instant,
    expiresAt: instant,
    endedAt: instant.exactOptional(),
    endedBecause: z.union([code, z.enum(['ended-by-owner', 'not-used', 'desktop-ended', 'parking-expired', 'sign-in-ended', 'duty-changed'])]).exactOptional(),
    closingAt: instant.exactOptional().describe('It may not go on and ends then.'),
    closingBecause: code.exactOptional(),
    yieldsTo: z.object({ dutyName: z.string(), class: priorityClass }).exactOptional().describe('The work that needs the seat; never the person.'),
    extensionSeconds: count.exactOptional().describe('It may be asked once, with a reason, to go on so much longer.'),
    waitingId: id.exactOptional().describe('It yielded, and its person keeps a place in the queue.'),
    relay: z.string().describe('Path of the WebSocket that carries the session (subprotocol guacamole).'),
  })
  .meta({ id: 'Lease' });

export type DesktopCredentials = z.infer<typeof DesktopCredentials>;
export type LeaseRequest = z.infer<typeof LeaseRequest>;
export type RelayQuery = z.infer<typeof RelayQuery>;
export type Lease = z.infer<typeof Lease>;
