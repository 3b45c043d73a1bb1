import { createDevices } from '../../broker/devices/index.ts';
import { createTrail } from '../../broker/audit/index.ts';
import { randomIds } from '../../broker/environment.ts';
import { createEndLeasesOf } from '../../broker/leases/index.ts';
import type { Policy } from '../../broker/policy/index.ts';
import type { DeviceProof, DevicePurpose, Devices, OwnDevice, SignedIn } from '../../broker/port.ts';
import type { Database } from '../../broker/store/index.ts';
import { originAt, silentLog, type standingClock } from './office.ts';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** A key as a browser has it: nobody can take it out. */
export async function newKey() {
  const pair = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
  const publicKey = Buffer.from(await crypto.subtle.exportKey('raw', pair.publicKey)).toString('base64url');
  const sign = async (text: string) => Buffer.from(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, Buffer.from(text))).toString('base64url');
  return { publicKey, sign };
}

export type Key = Awaited<ReturnType<typeof newKey>>;

/** Registered devices over a database, and what a browser does with its key. */
export function devicesOver(database: Database, { clock, policy }: { clock: ReturnType<typeof standingClock>; policy: () => Policy | undefined }) {
  const trail = createTrail({ clock, ids: randomIds });
  const devices: Devices = createDevices({ database, trail, clock, ids: randomIds, log: silentLog, databaseTime: () => Promise.resolve(clock.now()), policy: { current: () => Promise.resolve(policy()) }, endLeasesOf: createEndLeasesOf({ trail, clock }) });
  const fresh = (person: SignedIn): SignedIn => ({ ...person, provedAt: clock.now() });
  const signed = async (person: SignedIn, key: Key, deviceId: string, purpose: DevicePurpose, leaseId?: string): Promise<DeviceProof> => {
    const { id, text } = await devices.challenge({ person, purpose, ...(leaseId !== undefined && { leaseId }) });
    return { deviceId, challengeId: id, signature: await key.sign(text) };
  };
  const ask = async (person: SignedIn, key: Key, name = '自宅のノートパソコン'): Promise<OwnDevice> => {
    const { deviceId: _, ...proof } = await signed(person, key, '', 'registration');
    return devices.ask({ person: fresh(person), device: { name, publicKey: key.publicKey, ...proof }, origin: originAt('home') });
  };
  const approve = (deviceId: string, by: SignedIn) => devices.approve({ person: fresh(by), deviceId, origin: originAt('office') });
  const prove = async (person: SignedIn, key: Key, deviceId: string) => devices.prove({ person, proof: await signed(person, key, deviceId, 'sign-in'), origin: originAt('home') });
  return { devices, fresh, signed, ask, approve, prove, end: (deviceId: string, by: SignedIn, own = false) => devices.end({ person: fresh(by), deviceId, reason: '紛失した', origin: originAt('office'), own }) };
}
