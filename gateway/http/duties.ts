import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { Assigned, DutiesQuery, DutyChange, DutyList, DutyListed, IdParameter, NewDuty, Nothing, UnitChoice } from './schemas/index.ts';
import { made, paged, shown } from './shown.ts';

type DutyDeps = { readonly people: Pick<Broker['people'], 'duties' | 'addDuty' | 'changeDuty' | 'retireDuty' | 'assignDutyToUnit'> };

/** The catalogue of what people do in their sessions. */
export function dutyRoutes({ people }: DutyDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/duties',
      who: 'signed-in',
      action: 'duties.view',
      summary: 'Duties, by name.',
      accepts: { query: DutiesQuery },
      answers: { status: 200, schema: DutyList },
      handle: async ({ person, query }) => paged(DutyListed, await people.duties({ person, ...query })),
    }),
    route({
      method: 'post',
      path: '/api/duties',
      who: 'signed-in',
      action: 'duties.manage',
      summary: 'Adds a duty.',
      accepts: { body: NewDuty },
      answers: { status: 201, schema: DutyListed },
      refusals: ['conflict'],
      handle: async ({ person, body, origin }) => made(DutyListed, await people.addDuty({ person, origin, ...body })),
    }),
    route({
      method: 'put',
      path: '/api/duties/:id',
      who: 'signed-in',
      action: 'duties.manage',
      summary: 'Changes what is named in the body. A changed class or zone counts for open sessions, too.',
      accepts: { params: IdParameter, body: DutyChange },
      answers: { status: 200, schema: DutyListed },
      refusals: ['not-found', 'conflict'],
      handle: async ({ person, params, body, origin }) => shown(DutyListed, await people.changeDuty({ person, origin, dutyId: params.id, ...body })),
    }),
    route({
      method: 'post',
      path: '/api/duties/:id/retirement',
      who: 'signed-in',
      action: 'duties.manage',
      summary: 'Takes a duty from everybody and ends the sessions for it.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: DutyListed },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => shown(DutyListed, await people.retireDuty({ person, origin, dutyId: params.id })),
    }),
    route({
      method: 'post',
      path: '/api/duties/:id/units',
      who: 'signed-in',
      action: 'duties.assign',
      summary: 'Gives a duty to everybody of a unit and below.',
      accepts: { params: IdParameter, body: UnitChoice },
      answers: { status: 200, schema: Assigned },
      refusals: ['not-found', 'conflict'],
      handle: async ({ person, params, body, origin }) => shown(Assigned, await people.assignDutyToUnit({ person, origin, dutyId: params.id, unitId: body.unitId })),
    }),
  ];
}
