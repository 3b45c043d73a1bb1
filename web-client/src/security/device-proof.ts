import type { DeviceChallenge, DeviceProof, OwnDevice } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { keepDeviceKey, newDeviceKey, readDeviceKey, signFor } from './device-key.ts';

const challenge = (purpose: 'registration' | 'sign-in' | 'relay', leaseId?: string) => call<DeviceChallenge>('POST', '/api/me/device-challenges', { purpose, ...(leaseId !== undefined && { leaseId }) });

/** Makes a key and asks for it to be registered. It is kept once the gateway has it. */
export async function askForDevice(personId: string, name: string): Promise<OwnDevice> {
  const { privateKey, publicKey } = await newDeviceKey();
  const { id, text } = await challenge('registration');
  const device = await call<OwnDevice>('POST', '/api/me/devices', { name, publicKey, challengeId: id, signature: await signFor(privateKey, 'registration', text) });
  await keepDeviceKey({ personId, deviceId: device.id, privateKey });
  return device;
}

/** The key of this browser, where it is one of a device that is registered now. Any other one proves nothing, and would only be told as refused. */
async function registeredKey(personId: string) {
  const key = await readDeviceKey(personId);
  const devices = key && (await call<{ items: readonly OwnDevice[] }>('GET', '/api/me/devices'));
  return devices?.items.find(({ id }) => id === key?.deviceId)?.state === 'registered' ? key : undefined;
}

/** Says that this sign-in is on this device. @returns whether there was a key to say it with */
export async function proveDevice(personId: string): Promise<boolean> {
  const key = await registeredKey(personId);
  if (key === undefined) return false;
  const { id, text } = await challenge('sign-in');
  await call('POST', '/api/me/device-proofs', { deviceId: key.deviceId, challengeId: id, signature: await signFor(key.privateKey, 'sign-in', text) } satisfies DeviceProof);
  return true;
}

/** For the address of a relay; empty where this browser holds no key, or none that can be proved: the gateway then decides without. */
export async function relayProof(personId: string, leaseId: string): Promise<Readonly<Record<string, string>>> {
  try {
    const key = await registeredKey(personId);
    if (key === undefined) return {};
    const { id, text } = await challenge('relay', leaseId);
    return { device: key.deviceId, challenge: id, proof: await signFor(key.privateKey, 'relay', text) };
  } catch {
    return {};
  }
}
