import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { AcknowledgementList, AcknowledgementsQuery, Delegate, DelegateList, DelegatesQuery, Delegation, DelegationList, DelegationsQuery, IdParameter, NewDelegation, Nothing } from './schemas/index.ts';
import { listed, made, paged, shown } from './shown.ts';

/** Acknowledged rules and duties that were handed over (業務の委任), for those who look after others. */
export function delegationRoutes({ duties }: Pick<Broker, 'duties'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/acknowledgements',
      who: 'signed-in',
      action: 'acknowledgements.view',
      summary: 'Staff by username, with when they acknowledged the rules of telework in force.',
      accepts: { query: AcknowledgementsQuery },
      answers: { status: 200, schema: AcknowledgementList },
      handle: async ({ person, query }) => shown(AcknowledgementList, await duties.acknowledgements({ person, ...query })),
    }),
    route({
      method: 'get',
      path: '/api/delegations',
      who: 'signed-in',
      action: 'delegations.view',
      summary: 'Duties that were handed over, the latest first.',
      accepts: { query: DelegationsQuery },
      answers: { status: 200, schema: DelegationList },
      handle: async ({ person, query }) => paged(Delegation, await duties.delegations({ person, ...query })),
    }),
    route({
      method: 'get',
      path: '/api/delegates',
      who: 'signed-in',
      action: 'duties.delegate',
      summary: 'Staff between whom one may hand duties over, 50 at most.',
      accepts: { query: DelegatesQuery },
      answers: { status: 200, schema: DelegateList },
      handle: async ({ person, query }) => listed(Delegate, await duties.delegates({ person, forOthers: true, ...query })),
    }),
    route({
      method: 'post',
      path: '/api/delegations',
      who: 'signed-in',
      action: 'duties.delegate',
      summary: 'Hands a duty of one person to another for a time.',
      accepts: { body: NewDelegation },
      answers: { status: 201, schema: Delegation },
      refusals: ['not-found', 'conflict', 'delegation-not-allowed', 'delegation-not-for-zone', 'span-too-long'],
      handle: async ({ person, body, origin }) => made(Delegation, await duties.delegate({ person, origin, ...body })),
    }),
    route({
      method: 'post',
      path: '/api/delegations/:id/end',
      who: 'signed-in',
      action: 'duties.delegate',
      summary: 'Ends it; ends the sessions that rest on it.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: Delegation },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => shown(Delegation, await duties.endDelegation({ person, origin, delegationId: params.id, forOthers: true })),
    }),
  ];
}
