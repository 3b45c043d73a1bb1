import type { Broker, Code } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { IdParameter, LevelChange, LevelEffect, LevelEffectQuery, LevelHistory, LevelProposal, NewLevelProposal, Nothing, PagingQuery, Situation, Tightening } from './schemas/index.ts';
import { made, paged, shown } from './shown.ts';

const CHANGING: readonly Code[] = ['step-up-required', 'policy-missing', 'clock-untrusted'];

/** The continuity level of the person's organisation: loosening takes two people, tightening one. */
export function levelRoutes({ continuity }: { continuity: Broker['continuity'] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/level',
      who: 'signed-in',
      action: 'level.view',
      summary: 'The level in force, what is proposed, and how seats and duties stand.',
      answers: { status: 200, schema: Situation },
      handle: async ({ person }) => shown(Situation, await continuity.situation(person)),
    }),
    route({
      method: 'get',
      path: '/api/level/history',
      who: 'signed-in',
      action: 'level.view',
      summary: 'Changes of level, newest first.',
      accepts: { query: PagingQuery },
      answers: { status: 200, schema: LevelHistory },
      handle: async ({ person, query }) => paged(LevelChange, await continuity.history({ person, ...query })),
    }),
    route({
      method: 'get',
      path: '/api/level/effect',
      who: 'signed-in',
      action: 'level.view',
      summary: 'What a level would do. Changes nothing.',
      accepts: { query: LevelEffectQuery },
      answers: { status: 200, schema: LevelEffect },
      refusals: ['policy-missing'],
      handle: async ({ person, query }) => shown(LevelEffect, await continuity.preview({ person, level: query.level, provisional: query.provisional === 'yes' })),
    }),
    route({
      method: 'post',
      path: '/api/level/proposals',
      who: 'signed-in',
      action: 'level.propose',
      summary: 'Proposes a level, or that the present one lasts longer.',
      accepts: { body: NewLevelProposal },
      answers: { status: 201, schema: LevelProposal },
      // The last three of a proposal that is to be changed.
      refusals: ['level-unchanged', 'proposal-closed', 'not-found', 'forbidden', ...CHANGING],
      handle: async ({ person, body: { supersedes, ...proposal }, origin }) => made(LevelProposal, await continuity.propose({ person, proposal, ...(supersedes !== undefined && { supersedes }), origin })),
    }),
    route({
      method: 'post',
      path: '/api/level/proposals/:id/approval',
      who: 'signed-in',
      action: 'level.approve',
      summary: 'Approves another person\'s proposal: then it is in force.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: Situation },
      refusals: ['own-proposal', 'proposal-closed', 'not-found', ...CHANGING],
      handle: async ({ person, params, origin }) => shown(Situation, await continuity.approve({ person, proposalId: params.id, origin })),
    }),
    route({
      method: 'post',
      path: '/api/level/proposals/:id/provisional',
      who: 'signed-in',
      action: 'level.propose',
      summary: 'Puts an own proposal into force alone, for two hours at most and for the classes P0 to P2.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: Situation },
      // Of another person's proposal.
      refusals: ['proposal-closed', 'not-found', 'forbidden', 'level-unchanged', 'own-proposal', ...CHANGING],
      handle: async ({ person, params, origin }) => shown(Situation, await continuity.actProvisionally({ person, proposalId: params.id, origin })),
    }),
    route({
      method: 'delete',
      path: '/api/level/proposals/:id',
      who: 'signed-in',
      action: 'level.propose',
      summary: 'Withdraws a proposal.',
      accepts: { params: IdParameter },
      answers: { status: 200, schema: Situation },
      refusals: ['proposal-closed', 'not-found', ...CHANGING],
      handle: async ({ person, params, origin }) => shown(Situation, await continuity.withdraw({ person, proposalId: params.id, origin })),
    }),
    route({
      method: 'post',
      path: '/api/level/tightening',
      who: 'signed-in',
      action: 'level.tighten',
      summary: 'Lowers the level at once.',
      accepts: { body: Tightening },
      answers: { status: 200, schema: Situation },
      refusals: ['level-not-tighter', ...CHANGING],
      handle: async ({ person, body, origin }) => shown(Situation, await continuity.tighten({ person, ...body, origin })),
    }),
  ];
}
