import type { Broker } from '../../broker/port.ts';
import { csvAnswer } from './csv.ts';
import { route, type Route } from './route.ts';
import { IdParameter, Reason, SessionExportQuery, SessionList, SessionListed, SessionsQuery, SessionsSummary, Timeline } from './schemas/index.ts';
import { sessionRows } from './session-rows.ts';
import { paged, shown } from './shown.ts';

type SessionDeps = { readonly oversight: Pick<Broker['oversight'], 'sessions' | 'summary' | 'timeline' | 'exportSessions' | 'endSession'> };

/** Sessions and refused requests as security officers and auditors see them. Each look is on the audit trail. */
export function sessionRoutes({ oversight }: SessionDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/sessions',
      who: 'signed-in',
      action: 'sessions.view',
      summary: 'Sessions and refused requests, newest first.',
      accepts: { query: SessionsQuery },
      answers: { status: 200, schema: SessionList },
      handle: async ({ person, query: { refresh, cursor, limit, ...filter }, origin }) =>
        paged(SessionListed, await oversight.sessions({ person, origin, filter, refresh: refresh === 'yes', ...(cursor !== undefined && { cursor }), ...(limit !== undefined && { limit }) })),
    }),
    route({
      method: 'get',
      path: '/api/sessions/summary',
      who: 'signed-in',
      action: 'entry.view',
      summary: 'How many sessions there are now, and who is kept out.',
      answers: { status: 200, schema: SessionsSummary },
      handle: async ({ person }) => shown(SessionsSummary, await oversight.summary(person)),
    }),
    route({
      method: 'get',
      path: '/api/sessions/export.csv',
      who: 'signed-in',
      action: 'sessions.export',
      summary: 'Every session that the filter finds, as a file for a spreadsheet.',
      accepts: { query: SessionExportQuery },
      answers: { status: 200, type: 'text/csv' },
      handle: async ({ person, query, origin, language }) => csvAnswer('sessions.csv', sessionRows(await oversight.exportSessions({ person, origin, filter: query }), language)),
    }),
    route({
      method: 'get',
      path: '/api/sessions/:id',
      who: 'signed-in',
      action: 'sessions.view',
      summary: 'One session, with everything that the audit trail says of it.',
      accepts: { params: IdParameter },
      answers: { status: 200, schema: Timeline },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => shown(Timeline, await oversight.timeline({ person, origin, sessionId: params.id })),
    }),
    route({
      method: 'post',
      path: '/api/sessions/:id/end',
      who: 'signed-in',
      action: 'sessions.end',
      summary: 'Ends a session; it is gone from the screen within 5 s. Ending an ended one changes nothing.',
      accepts: { params: IdParameter, body: Reason },
      answers: { status: 204 },
      refusals: ['not-found'],
      handle: async ({ person, params, body, origin }) => {
        await oversight.endSession({ person, origin, sessionId: params.id, reason: body.reason });
        return { status: 204 };
      },
    }),
  ];
}
