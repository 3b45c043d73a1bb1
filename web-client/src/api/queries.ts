import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { DesktopList, DutyPhaseList, Lease, OpenSignInList, OwnFactors, PoolList, SecurityNoticeList, SignInList, User } from '../../../gateway/http/schemas/index.ts';
import { call } from './call.ts';

/** What the pages read, each with its key. States of desktops go stale in seconds, who one is does not. */
export const me = queryOptions({ queryKey: ['me'], queryFn: () => call<User>('GET', '/api/me'), staleTime: 60_000 });

export const desktops = queryOptions({
  queryKey: ['desktops'],
  queryFn: () => call<DesktopList>('GET', '/api/desktops'),
  refetchInterval: 15_000,
});

export const pools = queryOptions({ queryKey: ['pools'], queryFn: () => call<PoolList>('GET', '/api/pools'), refetchInterval: 15_000 });

/** A duty becomes due by time alone. */
export const phases = queryOptions({ queryKey: ['phases'], queryFn: () => call<DutyPhaseList>('GET', '/api/me/phases'), refetchInterval: 60_000, refetchIntervalInBackground: true });

export const lease = (leaseId: string) =>
  queryOptions({ queryKey: ['lease', leaseId], queryFn: () => call<Lease>('GET', `/api/leases/${encodeURIComponent(leaseId)}`) });

export const openSignIns = queryOptions({ queryKey: ['open-sign-ins'], queryFn: () => call<OpenSignInList>('GET', '/api/me/sign-ins/open') });

export const signIns = infiniteQueryOptions({
  queryKey: ['sign-ins'],
  queryFn: ({ pageParam }) => call<SignInList>('GET', pageParam === null ? '/api/me/sign-ins' : `/api/me/sign-ins?cursor=${encodeURIComponent(pageParam)}`),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next,
});

export const factors = queryOptions({ queryKey: ['factors'], queryFn: () => call<OwnFactors>('GET', '/api/me/factors') });

/** What happened on the own account. Told at once on the live line. */
export const notices = queryOptions({ queryKey: ['notices'], queryFn: () => call<SecurityNoticeList>('GET', '/api/me/notices'), staleTime: 30_000 });
