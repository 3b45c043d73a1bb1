import { Refusal, type DeviceProof } from '../../broker/port.ts';
import { fitting } from './request-invalid.ts';
import { IdParameter, RelayQuery } from './schemas/index.ts';

export type RelayView = Omit<RelayQuery, 'device' | 'challenge' | 'proof'>;

const PREFIX = '/relay/';

/**
 * The lease and the view that an upgrade asks for by its address, with the proof of a device where there is one.
 * @throws Refusal `not-found`, RequestInvalid
 */
export function relayTarget(url: string | undefined): { readonly leaseId: string; readonly view: RelayView; readonly device?: DeviceProof } {
  const [path = '', query = ''] = url?.split('?', 2) ?? [];
  const id = path.startsWith(PREFIX) ? IdParameter.safeParse({ id: path.slice(PREFIX.length) }) : undefined;
  if (!id?.success) throw new Refusal('not-found');
  const { device: deviceId, challenge: challengeId, proof: signature, ...view } = fitting(RelayQuery, Object.fromEntries(new URLSearchParams(query)));
  if (deviceId === undefined && challengeId === undefined && signature === undefined) return { leaseId: id.data.id, view };
  if (deviceId === undefined || challengeId === undefined || signature === undefined) throw new Refusal('request-invalid');
  return { leaseId: id.data.id, view, device: { deviceId, challengeId, signature } };
}
