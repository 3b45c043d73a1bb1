import type { Desktop, Duty, Lease } from '../../../gateway/http/schemas/index.ts';
import { heldDuty } from './remembered-duty.ts';

type Session = { readonly leaseId: string; /** Undefined where it could not be asked for. */ readonly lease: Lease | undefined };
type Ways = { readonly credentials: Desktop['credentials']; readonly duties: readonly Pick<Duty, 'id'>[]; /** Asks for it again, with its credentials. */ readonly enter: (dutyId: string) => void; readonly show: (path: string) => void };

/** Enters a session of one's own again. The page of the session says what is wrong with one that cannot be asked for again. */
export function continueSession({ leaseId, lease }: Session, { credentials, duties, enter, show }: Ways): void {
  const dutyId = credentials === 'ask' && lease !== undefined && lease.state !== 'ended' ? heldDuty(lease.dutyId, duties) : undefined;
  if (dutyId === undefined) show(`/session/${leaseId}`);
  else enter(dutyId);
}
