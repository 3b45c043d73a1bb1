import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DesktopCredentials, Lease, Waiting } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { Problem } from '../api/problem.ts';
import { desktops, lease as leaseQuery, pools } from '../api/queries.ts';
import { go } from '../routing/location.ts';
import { waiting } from '../waiting/queries.ts';

/** A desktop, or whichever of a pool is free. */
export type Wanted = { readonly desktopId: string } | { readonly poolId: string };
export type Opening = {
  readonly wanted: Wanted;
  readonly dutyId: string;
  readonly credentials?: DesktopCredentials;
  /** A lease of one's own that has to end first. */
  readonly instead?: string;
  /** Sessions for another duty may end for it. */
  readonly changeDuty?: boolean;
  /** A place in the queue for something else may be given up for it. */
  readonly changeWait?: boolean;
};

/** Asks for a lease on a desktop, or again for one's own open one, and goes to its screen unless told otherwise; where there is no seat, to the waiting room. Keeps no credentials: they leave with the request. */
export function useOpening(onOpened: (lease: Lease) => void = show) {
  const queryClient = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: async ({ wanted, dutyId, credentials, instead, changeDuty, changeWait }: Opening) => {
      if (instead !== undefined) await endIfOpen(instead);
      return await call<Lease | Waiting>('POST', '/api/leases', { ...wanted, dutyId, ...(changeDuty && { changeDuty }), ...(changeWait && { changeWait }), ...(credentials && { credentials }) });
    },
    onSuccess: (given) => {
      if (!('relay' in given)) return go('/waiting');
      queryClient.setQueryData(leaseQuery(given.id).queryKey, given);
      onOpened(given);
    },
    onSettled: () => Promise.all([desktops, pools, waiting].map(({ queryKey }) => queryClient.invalidateQueries({ queryKey }))),
  });
}

/** Refused for nothing but sessions of one's own for another duty. */
export function asksForDutyChange(error: unknown): boolean {
  return error instanceof Problem && error.code === 'duty-change-ends-session';
}

/** Refused until the second factor is proved once more: it rests on a My Number exception. */
export function asksForFactor(error: unknown): boolean {
  return error instanceof Problem && error.code === 'step-up-required';
}

/** Refused for nothing but a place in the queue for something else. */
export function asksForWaitChange(error: unknown): boolean {
  return error instanceof Problem && error.code === 'waiting-elsewhere';
}

function show({ id }: Lease): void {
  go(`/session/${id}`);
}

/** One that ended by itself in the meantime is as good as ended. */
async function endIfOpen(leaseId: string): Promise<void> {
  try {
    await call('DELETE', `/api/leases/${encodeURIComponent(leaseId)}`);
  } catch (error) {
    if (!(error instanceof Problem && (error.code === 'lease-unknown' || error.code === 'lease-ended' || error.code === 'lease-expired'))) throw error;
  }
}
