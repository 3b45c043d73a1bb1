import type { Broker, Code } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { ExceptionCandidate, ExceptionCandidateList, IdParameter, NewZoneException, Nothing, Reason, ZoneException, ZoneExceptionList, ZoneExceptionQuery } from './schemas/index.ts';
import { listed, made, paged, shown } from './shown.ts';

const CHANGING: readonly Code[] = ['step-up-required', 'policy-missing', 'clock-untrusted'];

/** My Number exceptions: one asks, another one agrees, anybody of them ends it. */
export function exceptionRoutes({ exceptions }: { exceptions: Broker['exceptions'] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/exceptions',
      who: 'signed-in',
      action: 'exceptions.view',
      summary: 'My Number exceptions, newest first; `open`: those that wait or hold.',
      accepts: { query: ZoneExceptionQuery },
      answers: { status: 200, schema: ZoneExceptionList },
      handle: async ({ person, query: { open, ...paging } }) => paged(ZoneException, await exceptions.list({ person, open: open === 'yes', ...paging })),
    }),
    route({
      method: 'get',
      path: '/api/exceptions/candidates',
      who: 'signed-in',
      action: 'exceptions.ask',
      summary: 'People who hold a duty of the My Number zone.',
      answers: { status: 200, schema: ExceptionCandidateList },
      handle: async ({ person }) => listed(ExceptionCandidate, await exceptions.candidates(person)),
    }),
    route({
      method: 'post',
      path: '/api/exceptions',
      who: 'signed-in',
      action: 'exceptions.ask',
      summary: 'Asks for an exception for one person and one duty.',
      accepts: { body: NewZoneException },
      answers: { status: 201, schema: ZoneException },
      refusals: ['not-found', 'conflict', ...CHANGING],
      handle: async ({ person, body, origin }) => made(ZoneException, await exceptions.ask({ person, exception: body, origin })),
    }),
    route({
      method: 'post',
      path: '/api/exceptions/:id/agreement',
      who: 'signed-in',
      action: 'exceptions.agree',
      summary: 'Agrees to what another person asked for: it holds from here on.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: ZoneException },
      refusals: ['own-exception', 'exception-closed', 'not-found', ...CHANGING],
      handle: async ({ person, params, origin }) => shown(ZoneException, await exceptions.agree({ person, exceptionId: params.id, origin })),
    }),
    route({
      method: 'post',
      path: '/api/exceptions/:id/end',
      who: 'signed-in',
      action: 'exceptions.end',
      summary: 'Ends it at once, with every session under it.',
      accepts: { params: IdParameter, body: Reason },
      answers: { status: 200, schema: ZoneException },
      refusals: ['exception-closed', 'not-found', 'step-up-required', 'clock-untrusted'],
      handle: async ({ person, params, body, origin }) => shown(ZoneException, await exceptions.end({ person, exceptionId: params.id, reason: body.reason, origin })),
    }),
  ];
}
