import { queryOptions } from '@tanstack/react-query';
import type { WaitingList } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';

/** Each look keeps the place, so that it is looked at also while the page is behind others. */
export const waiting = queryOptions({
  queryKey: ['waiting'],
  queryFn: () => call<WaitingList>('GET', '/api/waiting'),
  refetchInterval: 10_000,
  refetchIntervalInBackground: true,
});
