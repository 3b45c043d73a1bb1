import { queryOptions } from '@tanstack/react-query';
import type { RunningDrill } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';

/** The drill (訓練) that is under way. Its clock moves by itself, so that whoever takes part looks often. */
export const runningDrill = queryOptions({
  queryKey: ['drill'],
  queryFn: () => call<RunningDrill>('GET', '/api/drill'),
  refetchInterval: ({ state }) => (state.data?.drill === undefined ? 60_000 : state.data.drill.part === undefined ? 15_000 : 2_000),
});
