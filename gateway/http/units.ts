import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { NewUnit, Unit, UnitList } from './schemas/index.ts';
import { listed, made } from './shown.ts';

export function unitRoutes({ people }: { people: Pick<Broker['people'], 'units' | 'addUnit'> }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/units',
      who: 'signed-in',
      action: 'units.view',
      summary: 'The units that the person\'s roles reach.',
      answers: { status: 200, schema: UnitList },
      handle: async ({ person }) => listed(Unit, await people.units(person)),
    }),
    route({
      method: 'post',
      path: '/api/units',
      who: 'signed-in',
      action: 'units.manage',
      summary: 'Adds a unit, below another one or at the top.',
      accepts: { body: NewUnit },
      answers: { status: 201, schema: Unit },
      refusals: ['conflict', 'not-found'],
      handle: async ({ person, body, origin }) => made(Unit, await people.addUnit({ person, origin, ...body })),
    }),
  ];
}
