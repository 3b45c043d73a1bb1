import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { ServerClock } from './schemas/index.ts';
import { shown } from './shown.ts';

export function serverClockRoutes({ serverClock }: Pick<Broker, 'serverClock'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/server-clock',
      who: 'signed-in',
      action: 'server-clock.view',
      summary: "Whether this gateway's clock is believed, and since when.",
      answers: { status: 200, schema: ServerClock },
      handle: async ({ person }) => shown(ServerClock, serverClock(person)),
    }),
  ];
}
