import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { Board } from './schemas/index.ts';
import { shown } from './shown.ts';

/** The situation board of the person's organisation. */
export function boardRoutes({ boards }: { boards: Broker['boards'] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/board',
      who: 'signed-in',
      action: 'level.view',
      summary: 'Level, phase clock, seats, queue, duties against their target times, preemptions.',
      answers: { status: 200, schema: Board },
      refusals: ['policy-missing'],
      handle: async ({ person }) => shown(Board, await boards.board(person)),
    }),
  ];
}
