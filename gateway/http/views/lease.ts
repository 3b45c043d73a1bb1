import type { LeaseView } from '../../../broker/port.ts';
import { Lease } from '../schemas/index.ts';
import { view } from '../view.ts';

export function leaseView(lease: LeaseView): Lease {
  return view(Lease, { ...lease, relay: `/relay/${lease.id}` });
}
