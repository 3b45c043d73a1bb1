import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { Acknowledgement, Delegate, DelegateList, DelegatesQuery, Delegation, DelegationList, IdParameter, NewOwnDelegation, Nothing, OwnDuties } from './schemas/index.ts';
import { listed, made, shown } from './shown.ts';

/** What somebody does, the rules to acknowledge for it, and whom it is handed to for a time. */
export function ownDutyRoutes({ duties }: Pick<Broker, 'duties'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/me/duties',
      who: 'signed-in',
      summary: 'The own duties: what stands in the way of each from here now, the rules of telework, days used, delegations.',
      answers: { status: 200, schema: OwnDuties },
      handle: async ({ person, origin }) => shown(OwnDuties, await duties.own({ person, origin })),
    }),
    route({
      method: 'post',
      path: '/api/me/acknowledgement',
      who: 'signed-in',
      summary: 'Acknowledges the rules of telework, in the version and text that were shown.',
      accepts: { body: Acknowledgement },
      answers: { status: 200, schema: OwnDuties },
      refusals: ['rules-changed', 'policy-missing'],
      handle: async ({ person, body, origin }) => shown(OwnDuties, await duties.acknowledge({ person, origin, ...body })),
    }),
    route({
      method: 'get',
      path: '/api/me/delegates',
      who: 'signed-in',
      summary: 'Whom one may hand a duty to: staff of the own unit and below, 50 at most.',
      accepts: { query: DelegatesQuery },
      answers: { status: 200, schema: DelegateList },
      handle: async ({ person, query }) => listed(Delegate, await duties.delegates({ person, forOthers: false, ...query })),
    }),
    route({
      method: 'get',
      path: '/api/me/delegations',
      who: 'signed-in',
      summary: 'Duties that one handed over or was handed, the latest first.',
      answers: { status: 200, schema: DelegationList },
      handle: async ({ person }) => listed(Delegation, await duties.ownDelegations(person)),
    }),
    route({
      method: 'post',
      path: '/api/me/delegations',
      who: 'signed-in',
      summary: 'Hands one of the own duties to a colleague for a time.',
      accepts: { body: NewOwnDelegation },
      answers: { status: 201, schema: Delegation },
      refusals: ['not-found', 'conflict', 'delegation-not-allowed', 'delegation-not-for-zone', 'span-too-long'],
      handle: async ({ person, body, origin }) => made(Delegation, await duties.delegate({ person, origin, ...body })),
    }),
    route({
      method: 'post',
      path: '/api/me/delegations/:id/end',
      who: 'signed-in',
      summary: 'Takes a duty back, or gives it back; ends the sessions that rest on it.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: Delegation },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => shown(Delegation, await duties.endDelegation({ person, origin, delegationId: params.id, forOthers: false })),
    }),
  ];
}
