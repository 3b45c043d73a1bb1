import { queryOptions } from '@tanstack/react-query';
import type { DutyList, SessionsSummary, Timeline } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';

/** Sessions change by themselves; where no socket tells of it, asking does. */
export const lookAgainEveryMs = 10_000;

export const summary = queryOptions({ queryKey: ['sessions', 'summary'], queryFn: () => call<SessionsSummary>('GET', '/api/sessions/summary'), refetchInterval: lookAgainEveryMs });

export const timeline = (sessionId: string) =>
  queryOptions({
    queryKey: ['sessions', 'timeline', sessionId],
    queryFn: () => call<Timeline>('GET', `/api/sessions/${encodeURIComponent(sessionId)}`),
    refetchInterval: ({ state }) => (state.data !== undefined && isOpen(state.data.session.state) ? lookAgainEveryMs : false),
  });

export function isOpen(state: Timeline['session']['state']): boolean {
  return state === 'granted' || state === 'active' || state === 'parked';
}

/** Also those that were retired, for sessions of the past. */
export const duties = queryOptions({ queryKey: ['duties', 'ever'], queryFn: () => call<DutyList>('GET', '/api/duties?limit=200') });
