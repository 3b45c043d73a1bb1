import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { Desktop, DesktopList, PoolList, PoolView } from './schemas/index.ts';
import { listed } from './shown.ts';

/** What the person may ask for. */
export function desktopRoutes({ desktops }: { desktops: Pick<Broker['desktops'], 'listFor' | 'poolsFor'> }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/desktops',
      who: 'signed-in',
      summary: 'The desktops one may ask for, each with its state.',
      answers: { status: 200, schema: DesktopList },
      handle: async ({ person }) => listed(Desktop, await desktops.listFor(person)),
    }),
    route({
      method: 'get',
      path: '/api/pools',
      who: 'signed-in',
      summary: 'The pools one may ask for a desktop of.',
      answers: { status: 200, schema: PoolList },
      handle: async ({ person }) => listed(PoolView, await desktops.poolsFor(person)),
    }),
  ];
}
