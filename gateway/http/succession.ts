import type { Broker, Code } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { Candidate, CandidateList, CandidateQuery, ContinuityAct, ContinuityActs, Declaration, HandingOver, IdParameter, NewOrder, Nothing, PagingQuery, Succession } from './schemas/index.ts';
import { listed, paged, shown } from './shown.ts';

const CHANGING: readonly Code[] = ['step-up-required', 'policy-missing', 'clock-untrusted'];

/** Who stands in for the activation authority, and deputies with an end. */
export function successionRoutes({ succession }: { succession: Broker['succession'] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/succession',
      who: 'signed-in',
      action: 'level.view',
      summary: 'The succession order, what is proposed for it, and who stands in now.',
      answers: { status: 200, schema: Succession },
      handle: async ({ person }) => shown(Succession, await succession.view(person)),
    }),
    route({
      method: 'get',
      path: '/api/succession/acts',
      who: 'signed-in',
      action: 'level.view',
      summary: 'What people did about the level, the order, deputies and exceptions, newest first.',
      accepts: { query: PagingQuery },
      answers: { status: 200, schema: ContinuityActs },
      handle: async ({ person, query }) => paged(ContinuityAct, await succession.acts({ person, ...query })),
    }),
    route({
      method: 'get',
      path: '/api/succession/candidates',
      who: 'signed-in',
      action: 'succession.propose',
      summary: 'People who can be put into the order.',
      accepts: { query: CandidateQuery },
      answers: { status: 200, schema: CandidateList },
      handle: async ({ person, query }) => listed(Candidate, await succession.candidates({ person, ...query })),
    }),
    route({
      method: 'post',
      path: '/api/succession/orders',
      who: 'signed-in',
      action: 'succession.propose',
      summary: 'Proposes another order.',
      accepts: { body: NewOrder },
      answers: { status: 200, schema: Succession },
      refusals: ['succession-unsuitable', 'deputy-cannot', ...CHANGING],
      handle: async ({ person, body, origin }) => shown(Succession, await succession.proposeOrder({ person, ...body, origin })),
    }),
    route({
      method: 'post',
      path: '/api/succession/orders/:id/approval',
      who: 'signed-in',
      action: 'succession.approve',
      summary: 'Approves the order that another person proposed: then it is in force.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: Succession },
      refusals: ['own-proposal', 'proposal-closed', 'not-found', 'succession-unsuitable', ...CHANGING],
      handle: async ({ person, params, origin }) => shown(Succession, await succession.approveOrder({ person, orderId: params.id, origin })),
    }),
    route({
      method: 'delete',
      path: '/api/succession/orders/:id',
      who: 'signed-in',
      action: 'succession.propose',
      summary: 'Withdraws a proposed order.',
      accepts: { params: IdParameter },
      answers: { status: 200, schema: Succession },
      refusals: ['proposal-closed', 'not-found', ...CHANGING],
      handle: async ({ person, params, origin }) => shown(Succession, await succession.withdrawOrder({ person, orderId: params.id, origin })),
    }),
    route({
      method: 'post',
      path: '/api/deputyships',
      who: 'signed-in',
      action: 'deputies.hand-over',
      summary: 'Hands over to somebody of the order, for a time.',
      accepts: { body: HandingOver },
      answers: { status: 200, schema: Succession },
      refusals: ['deputy-not-next', 'deputy-cannot', ...CHANGING],
      handle: async ({ person, body, origin }) => shown(Succession, await succession.handOver({ person, ...body, origin })),
    }),
    route({
      method: 'post',
      path: '/api/deputyships/declaration',
      who: 'signed-in',
      action: 'deputies.declare',
      summary: 'Stands in, where the authority and everybody before in the order is absent.',
      accepts: { body: Declaration },
      answers: { status: 200, schema: Succession },
      refusals: ['deputy-not-next', ...CHANGING],
      handle: async ({ person, body, origin }) => shown(Succession, await succession.declare({ person, ...body, origin })),
    }),
    route({
      method: 'post',
      path: '/api/deputyships/:id/end',
      who: 'signed-in',
      action: 'level.view',
      summary: 'Ends it: by the deputy, the authority, or whoever was said to be absent.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: Succession },
      // Of somebody who is none of these.
      refusals: ['deputyship-over', 'not-found', 'forbidden', 'clock-untrusted'],
      handle: async ({ person, params, origin }) => shown(Succession, await succession.end({ person, deputyshipId: params.id, origin })),
    }),
  ];
}
