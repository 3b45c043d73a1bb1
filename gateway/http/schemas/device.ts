import { z } from 'zod';
import { DEVICE_PURPOSES } from '../../../broker/port.ts';
import { count, id, instant, named, next, paging, signature, yes } from './words.ts';

const person = z.object({ id, displayName: z.string() });
const shared = {
  id,
  name: z.string(),
  state: z.enum(['waiting', 'registered', 'over', 'ended']).describe('`over`: the time that it counts for has passed; `ended`: somebody ended it.'),
  userAgent: z.string(),
  askedAt: instant,
  approvedAt: instant.exactOptional(),
  until: instant.exactOptional().describe('Until when it counts.'),
  endedAt: instant.exactOptional(),
  endReason: z.string().exactOptional(),
  lastProvedAt: instant.exactOptional(),
};

export const OwnDevice = z.object({ ...shared, current: z.boolean().describe('This sign-in was proved on it.') }).meta({ id: 'OwnDevice' });
export const OwnDeviceList = z.object({ items: z.array(OwnDevice), next }).meta({ id: 'OwnDeviceList' });
export const Device = z
  .object({
    ...shared,
    person: person.extend({ unitName: z.string() }),
    approvedBy: person.exactOptional(),
    endedBy: person.exactOptional(),
    sessions: count,
    may: z.object({ approve: z.boolean(), end: z.boolean() }),
  })
  .meta({ id: 'Device' });
export const DeviceList = z.object({ items: z.array(Device), next }).meta({ id: 'DeviceList' });
export const DeviceQuery = z.strictObject({ ...paging, waiting: yes.exactOptional() });
export const DeviceChallengeRequest = z.strictObject({ purpose: z.enum(DEVICE_PURPOSES), leaseId: id.exactOptional().describe('For the purpose `relay` alone.') }).meta({ id: 'DeviceChallengeRequest' });
export const DeviceChallenge = z.object({ id, text: z.string().describe('What is to be signed, in UTF-8.'), expiresAt: instant }).meta({ id: 'DeviceChallenge' });
export const NewDevice = z
  .strictObject({ name: named(200), publicKey: z.string().regex(/^[A-Za-z0-9_-]{87}$/).describe('An uncompressed point on P-256, in base64url.'), challengeId: id, signature })
  .meta({ id: 'NewDevice' });
export const DeviceProof = z.strictObject({ deviceId: id, challengeId: id, signature }).meta({ id: 'DeviceProof' });

export type OwnDevice = z.infer<typeof OwnDevice>;
export type OwnDeviceList = z.infer<typeof OwnDeviceList>;
export type Device = z.infer<typeof Device>;
export type DeviceList = z.infer<typeof DeviceList>;
export type DeviceChallengeRequest = z.infer<typeof DeviceChallengeRequest>;
export type DeviceChallenge = z.infer<typeof DeviceChallenge>;
export type NewDevice = z.infer<typeof NewDevice>;
export type DeviceProof = z.infer<typeof DeviceProof>;
