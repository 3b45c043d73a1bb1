import { queryOptions } from '@tanstack/react-query';
import type { Board, Drill } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';

export const oneDrill = (id: string) => queryOptions({ queryKey: ['drills', 'one', id], queryFn: () => call<Drill>('GET', `/api/drills/${id}`), refetchInterval: 10_000 });

/** Of a running drill, whose clock moves by itself. */
export const drillBoard = (id: string) => queryOptions({ queryKey: ['drills', 'board', id], queryFn: () => call<Board>('GET', `/api/drills/${id}/board`), refetchInterval: 3_000 });
