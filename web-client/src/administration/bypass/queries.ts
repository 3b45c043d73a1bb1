import { queryOptions } from '@tanstack/react-query';
import type { BypassCandidates, BypassList } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';

export const openBypasses = queryOptions({ queryKey: ['level', 'bypasses', 'open'], queryFn: () => call<BypassList>('GET', '/api/bypasses?open=yes&limit=200'), refetchInterval: 15_000 });

export const bypassCandidates = (search: string) =>
  queryOptions({ queryKey: ['level', 'bypass-candidates', search], queryFn: () => call<BypassCandidates>('GET', search === '' ? '/api/bypasses/candidates' : `/api/bypasses/candidates?${new URLSearchParams({ search }).toString()}`) });
