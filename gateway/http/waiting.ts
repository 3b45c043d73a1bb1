import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { IdParameter, Waiting, WaitingList } from './schemas/index.ts';
import { listed, shown } from './shown.ts';

/** The queue as the one who waits sees it. */
export function waitingRoutes({ waiting }: { waiting: Pick<Broker['waiting'], 'list' | 'get' | 'leave'> }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/waiting',
      who: 'signed-in',
      summary: 'The own place in the queue, and those that ended in the last ten minutes. Each look keeps the place.',
      answers: { status: 200, schema: WaitingList },
      handle: async ({ person, origin }) => listed(Waiting, await waiting.list({ person, origin })),
    }),
    route({
      method: 'get',
      path: '/api/waiting/:id',
      who: 'signed-in',
      summary: 'One own place in the queue. Each look keeps it.',
      accepts: { params: IdParameter },
      answers: { status: 200, schema: Waiting },
      refusals: ['wait-unknown'],
      handle: async ({ person, params, origin }) => shown(Waiting, await waiting.get({ person, waitingId: params.id, origin })),
    }),
    route({
      method: 'delete',
      path: '/api/waiting/:id',
      who: 'signed-in',
      summary: 'Gives the place up; giving up what is over changes nothing.',
      accepts: { params: IdParameter },
      answers: { status: 204 },
      refusals: ['wait-unknown'],
      handle: async ({ person, params, origin }) => {
        await waiting.leave({ person, waitingId: params.id, origin });
        return { status: 204 };
      },
    }),
  ];
}
