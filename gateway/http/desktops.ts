import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { DesktopList } from './schemas.ts';
import { desktopView } from './views.ts';

export function desktopRoutes({ desktops }: { desktops: Broker['desktops'] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/desktops',
      who: 'signed-in',
      summary: 'The desktops one may ask for, each with its state.',
      answers: { status: 200, schema: DesktopList },
      handle: async ({ person }) => ({ status: 200, json: { items: (await desktops.listFor(person)).map(desktopView), next: null } }),
    }),
  ];
}
