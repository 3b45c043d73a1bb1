import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Board, DesktopDetails, DutyList, FactorsOfPerson, LevelEffect, LevelInForce, PersonDetails, PoolRecordList, ProviderAccount, Situation, Succession, ZoneExceptionList } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';

/** What the administrators' pages read, each with its key. The first word is the topic that a notice of change names. */
export const situation = queryOptions({ queryKey: ['level', 'situation'], queryFn: () => call<Situation>('GET', '/api/level'), refetchInterval: 15_000 });

export const succession = queryOptions({ queryKey: ['level', 'succession'], queryFn: () => call<Succession>('GET', '/api/succession'), refetchInterval: 30_000 });

/** Those that wait or hold. */
export const openExceptions = queryOptions({ queryKey: ['level', 'exceptions', 'open'], queryFn: () => call<ZoneExceptionList>('GET', '/api/exceptions?open=yes&limit=200'), refetchInterval: 30_000 });

export const levelEffect = (level: LevelInForce['level'], provisional: boolean) =>
  queryOptions({
    queryKey: ['level', 'effect', level, provisional],
    queryFn: () => call<LevelEffect>('GET', `/api/level/effect?level=${level}&provisional=${provisional ? 'yes' : 'no'}`),
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });

/** The duties that can be given, up to as many as the gateway tells at once. */
export const activeDuties = queryOptions({ queryKey: ['duties', 'active'], queryFn: () => call<DutyList>('GET', '/api/duties?status=active&limit=200'), staleTime: 30_000 });

export const person = (id: string) => queryOptions({ queryKey: ['people', 'one', id], queryFn: () => call<PersonDetails>('GET', `/api/people/${id}`) });

export const factorsOfPerson = (id: string) => queryOptions({ queryKey: ['people', 'factors', id], queryFn: () => call<FactorsOfPerson>('GET', `/api/people/${id}/factors`), refetchInterval: 15_000 });

export const providerAccount = (id: string) => queryOptions({ queryKey: ['people', 'provider', id], queryFn: () => call<ProviderAccount>('GET', `/api/people/${id}/provider`) });

export const desktopRecord = (id: string) => queryOptions({ queryKey: ['desktop-records', 'one', id], queryFn: () => call<DesktopDetails>('GET', `/api/desktop-records/${id}`), refetchInterval: 30_000 });

export const poolRecords = queryOptions({ queryKey: ['pool-records'], queryFn: () => call<PoolRecordList>('GET', '/api/pool-records') });

export const board = queryOptions({ queryKey: ['board'], queryFn: () => call<Board>('GET', '/api/board'), refetchInterval: 10_000 });
