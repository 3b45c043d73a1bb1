import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { GrantParameters, HeldDutyParameters, IdParameter, Nothing, PersonDetails, RoleGrant } from './schemas/index.ts';
import { shown } from './shown.ts';

/** What one person is given: roles, and duties. */
export function peopleRightsRoutes({ people }: { people: Pick<Broker['people'], 'grantRole' | 'revokeRole' | 'assignDuty' | 'unassignDuty'> }): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/people/:id/roles',
      who: 'signed-in',
      action: 'roles.manage',
      summary: 'Grants a role, for the whole organisation or for one unit and below.',
      accepts: { params: IdParameter, body: RoleGrant },
      answers: { status: 200, schema: PersonDetails },
      refusals: ['not-found', 'roles-incompatible', 'conflict', 'step-up-required'],
      handle: async ({ person, params, body, origin }) => shown(PersonDetails, await people.grantRole({ person, origin, personId: params.id, ...body })),
    }),
    route({
      method: 'delete',
      path: '/api/people/:id/roles/:grantId',
      who: 'signed-in',
      action: 'roles.manage',
      summary: 'Takes a granted role away.',
      accepts: { params: GrantParameters },
      answers: { status: 200, schema: PersonDetails },
      refusals: ['not-found', 'last-administrator', 'role-by-provider', 'step-up-required'],
      handle: async ({ person, params, origin }) => shown(PersonDetails, await people.revokeRole({ person, origin, personId: params.id, grantId: params.grantId })),
    }),
    route({
      method: 'put',
      path: '/api/people/:id/duties/:dutyId',
      who: 'signed-in',
      action: 'duties.assign',
      summary: 'Gives a duty to a person; giving it again changes nothing.',
      accepts: { params: HeldDutyParameters, body: Nothing },
      answers: { status: 200, schema: PersonDetails },
      refusals: ['not-found', 'conflict'],
      handle: async ({ person, params, origin }) => shown(PersonDetails, await people.assignDuty({ person, origin, personId: params.id, dutyId: params.dutyId })),
    }),
    route({
      method: 'delete',
      path: '/api/people/:id/duties/:dutyId',
      who: 'signed-in',
      action: 'duties.assign',
      summary: 'Takes a duty from a person; sessions for it end.',
      accepts: { params: HeldDutyParameters },
      answers: { status: 200, schema: PersonDetails },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => shown(PersonDetails, await people.unassignDuty({ person, origin, personId: params.id, dutyId: params.dutyId })),
    }),
  ];
}
