import type { Broker, Code } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { ApprovedBypass, Bypass, BypassCandidates, BypassCandidatesQuery, BypassList, BypassQuery, IdParameter, NewBypass, Nothing, Reason } from './schemas/index.ts';
import { made, paged, shown } from './shown.ts';

const CHANGING: readonly Code[] = ['step-up-required', 'policy-missing', 'clock-untrusted'];

/** The shelter bypass: one issues it, another one approves it, anybody of them ends it. Using it is a step of signing in. */
export function bypassRoutes({ bypasses }: { bypasses: Broker['bypasses'] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/bypasses',
      who: 'signed-in',
      action: 'bypass.view',
      summary: 'Shelter bypasses, newest first; `open`: those that wait, can be used or are in use.',
      accepts: { query: BypassQuery },
      answers: { status: 200, schema: BypassList },
      handle: async ({ person, query: { open, ...paging } }) => paged(Bypass, await bypasses.list({ person, open: open === 'yes', ...paging })),
    }),
    route({
      method: 'get',
      path: '/api/bypasses/candidates',
      who: 'signed-in',
      action: 'bypass.issue',
      summary: 'People whose name has what is looked for, twenty at most, and who manages a shelter.',
      accepts: { query: BypassCandidatesQuery },
      answers: { status: 200, schema: BypassCandidates },
      handle: async ({ person, query }) => shown(BypassCandidates, await bypasses.candidates({ person, ...query })),
    }),
    route({
      method: 'post',
      path: '/api/bypasses',
      who: 'signed-in',
      action: 'bypass.issue',
      summary: 'Issues a bypass, which another person has to approve.',
      accepts: { body: NewBypass },
      answers: { status: 201, schema: Bypass },
      refusals: ['not-found', 'own-bypass', 'bypass-not-now', 'bypass-limit-reached', 'bypass-unsuitable', ...CHANGING],
      handle: async ({ person, body, origin }) => made(Bypass, await bypasses.issue({ person, bypass: body, origin })),
    }),
    route({
      method: 'post',
      path: '/api/bypasses/:id/approval',
      who: 'signed-in',
      action: 'bypass.approve',
      summary: 'Approves what another person issued. The answer has the code, once.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: ApprovedBypass },
      refusals: ['own-bypass', 'bypass-closed', 'bypass-not-now', 'not-found', ...CHANGING],
      handle: async ({ person, params, origin }) => shown(ApprovedBypass, await bypasses.approve({ person, bypassId: params.id, origin })),
    }),
    route({
      method: 'post',
      path: '/api/bypasses/:id/end',
      who: 'signed-in',
      action: 'bypass.end',
      summary: 'Withdraws it at once; a sign-in that rests on it ends.',
      accepts: { params: IdParameter, body: Reason },
      answers: { status: 200, schema: Bypass },
      refusals: ['bypass-closed', 'not-found', 'step-up-required', 'clock-untrusted'],
      handle: async ({ person, params, body, origin }) => shown(Bypass, await bypasses.end({ person, bypassId: params.id, reason: body.reason, origin })),
    }),
  ];
}
