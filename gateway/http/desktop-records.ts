import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import {
  AssignedPersonParameters,
  DesktopDetails,
  DesktopListed,
  DesktopRecordList,
  DesktopRecordsQuery,
  IdParameter,
  NewDesktopInput,
  Nothing,
  PoolChoice,
  ProbeResult,
  Reason,
  ResidualParameters,
} from './schemas/index.ts';
import { made, paged, shown } from './shown.ts';

const change = { who: 'signed-in', action: 'desktops.manage', answers: { status: 200, schema: DesktopDetails } } as const;

/** Desktops as those who administer them see them. No answer holds credentials. */
export function desktopRecordRoutes({ desktopAdministration: desktops }: Pick<Broker, 'desktopAdministration'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/desktop-records',
      who: 'signed-in',
      action: 'desktops.view',
      summary: 'Desktops, by name.',
      accepts: { query: DesktopRecordsQuery },
      answers: { status: 200, schema: DesktopRecordList },
      handle: async ({ person, query }) => paged(DesktopListed, await desktops.list({ person, ...query })),
    }),
    route({
      ...change,
      method: 'post',
      path: '/api/desktop-records',
      summary: 'Adds a desktop.',
      accepts: { body: NewDesktopInput },
      answers: { status: 201, schema: DesktopDetails },
      refusals: ['conflict', 'not-found', 'pool-unsuitable'],
      handle: async ({ person, body, origin }) => {
        const added = await desktops.add({ person, origin, ...body });
        return made(DesktopDetails, added, `/api/desktop-records/${added.id}`);
      },
    }),
    route({
      method: 'get',
      path: '/api/desktop-records/:id',
      who: 'signed-in',
      action: 'desktops.view',
      summary: 'One desktop, with its people and what still runs on it.',
      accepts: { params: IdParameter },
      answers: { status: 200, schema: DesktopDetails },
      refusals: ['not-found'],
      handle: async ({ person, params }) => shown(DesktopDetails, await desktops.get({ person, desktopId: params.id })),
    }),
    route({
      ...change,
      method: 'post',
      path: '/api/desktop-records/:id/suspension',
      summary: 'Takes a desktop out of service and ends the sessions on it.',
      accepts: { params: IdParameter, body: Nothing },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => shown(DesktopDetails, await desktops.disable({ person, origin, desktopId: params.id })),
    }),
    route({
      ...change,
      method: 'delete',
      path: '/api/desktop-records/:id/suspension',
      summary: 'Puts a desktop back into service.',
      accepts: { params: IdParameter },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => shown(DesktopDetails, await desktops.enable({ person, origin, desktopId: params.id })),
    }),
    route({
      ...change,
      method: 'put',
      path: '/api/desktop-records/:id/people/:personId',
      summary: 'Assigns a desktop to a person.',
      accepts: { params: AssignedPersonParameters, body: Nothing },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => shown(DesktopDetails, await desktops.assign({ person, origin, desktopId: params.id, personId: params.personId })),
    }),
    route({
      ...change,
      method: 'delete',
      path: '/api/desktop-records/:id/people/:personId',
      summary: 'Takes a desktop from a person; a session of that person on it ends.',
      accepts: { params: AssignedPersonParameters },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => shown(DesktopDetails, await desktops.unassign({ person, origin, desktopId: params.id, personId: params.personId })),
    }),
    route({
      ...change,
      method: 'put',
      path: '/api/desktop-records/:id/pool',
      summary: 'Puts a desktop into a pool, or into none.',
      accepts: { params: IdParameter, body: PoolChoice },
      refusals: ['not-found', 'conflict', 'pool-unsuitable'],
      handle: async ({ person, params, body, origin }) => shown(DesktopDetails, await desktops.setPool({ person, origin, desktopId: params.id, poolId: body.poolId })),
    }),
    route({
      ...change,
      method: 'post',
      path: '/api/desktop-records/:id/residual/:residualId/end',
      summary: 'Says that an OS session was ended at the desktop itself, so that the next person may enter.',
      accepts: { params: ResidualParameters, body: Reason },
      refusals: ['not-found', 'conflict'],
      handle: async ({ person, params, body, origin }) => shown(DesktopDetails, await desktops.endResidual({ person, origin, desktopId: params.id, residualId: params.residualId, ...body })),
    }),
    route({
      method: 'post',
      path: '/api/desktop-records/:id/probe',
      who: 'signed-in',
      action: 'desktops.view',
      summary: 'Tries the desktop\'s address now.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: ProbeResult },
      refusals: ['not-found'],
      handle: async ({ person, params }) => shown(ProbeResult, await desktops.probe({ person, desktopId: params.id })),
    }),
  ];
}
