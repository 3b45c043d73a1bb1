import { queryOptions } from '@tanstack/react-query';
import type { DelegateList, DelegationList, OwnDuties } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';

/** The first word is the topic that a notice of change names. Hours pass by themselves, so that it is asked again. */
export const ownDuties = queryOptions({ queryKey: ['own-duties'], queryFn: () => call<OwnDuties>('GET', '/api/me/duties'), refetchInterval: 60_000 });
export const ownDelegations = queryOptions({ queryKey: ['own-duties', 'delegations'], queryFn: () => call<DelegationList>('GET', '/api/me/delegations') });

/** Whom one may hand a duty to, of the own unit or of the units that one looks after. */
export const delegates = (path: '/api/me/delegates' | '/api/delegates') => queryOptions({ queryKey: ['people', path], queryFn: () => call<DelegateList>('GET', path), staleTime: 30_000 });
