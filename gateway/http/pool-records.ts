import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { AssignedPersonParameters, AssignedUnitParameters, IdParameter, NewPool, Nothing, PoolChange, PoolListed, PoolRecordList } from './schemas/index.ts';
import { listed, made, shown } from './shown.ts';

const change = { who: 'signed-in', action: 'desktops.manage', answers: { status: 200, schema: PoolListed } } as const;

/** Pools as those who administer them see them. */
export function poolRecordRoutes({ desktopAdministration: desktops }: Pick<Broker, 'desktopAdministration'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/pool-records',
      who: 'signed-in',
      action: 'desktops.view',
      summary: 'Every pool, with who may use it.',
      answers: { status: 200, schema: PoolRecordList },
      handle: async ({ person }) => listed(PoolListed, await desktops.pools({ person })),
    }),
    route({
      ...change,
      method: 'post',
      path: '/api/pool-records',
      summary: 'Adds a pool.',
      accepts: { body: NewPool },
      answers: { status: 201, schema: PoolListed },
      refusals: ['conflict'],
      handle: async ({ person, body, origin }) => made(PoolListed, await desktops.addPool({ person, origin, ...body })),
    }),
    route({
      ...change,
      method: 'put',
      path: '/api/pool-records/:id',
      summary: 'Changes what is named in the body.',
      accepts: { params: IdParameter, body: PoolChange },
      refusals: ['not-found', 'conflict'],
      handle: async ({ person, params, body, origin }) => shown(PoolListed, await desktops.changePool({ person, origin, poolId: params.id, ...body })),
    }),
    route({
      ...change,
      method: 'put',
      path: '/api/pool-records/:id/people/:personId',
      summary: 'Lets a person use the pool.',
      accepts: { params: AssignedPersonParameters, body: Nothing },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => shown(PoolListed, await desktops.assignPool({ person, origin, poolId: params.id, personId: params.personId })),
    }),
    route({
      ...change,
      method: 'delete',
      path: '/api/pool-records/:id/people/:personId',
      summary: 'Takes the pool from a person.',
      accepts: { params: AssignedPersonParameters },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => shown(PoolListed, await desktops.unassignPool({ person, origin, poolId: params.id, personId: params.personId })),
    }),
    route({
      ...change,
      method: 'put',
      path: '/api/pool-records/:id/units/:unitId',
      summary: 'Lets everybody of a unit and below use the pool.',
      accepts: { params: AssignedUnitParameters, body: Nothing },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => shown(PoolListed, await desktops.assignPool({ person, origin, poolId: params.id, unitId: params.unitId })),
    }),
    route({
      ...change,
      method: 'delete',
      path: '/api/pool-records/:id/units/:unitId',
      summary: 'Takes the pool from a unit.',
      accepts: { params: AssignedUnitParameters },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => shown(PoolListed, await desktops.unassignPool({ person, origin, poolId: params.id, unitId: params.unitId })),
    }),
  ];
}
