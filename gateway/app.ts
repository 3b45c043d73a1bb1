import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { Refusal, type Broker } from '../broker/port.ts';
import { createAssets, type Assets } from './http/assets.ts';
import { boardRoutes } from './http/board.ts';
import { bypassRoutes } from './http/bypasses.ts';
import { delegationRoutes } from './http/delegations.ts';
import { desktopRecordRoutes } from './http/desktop-records.ts';
import { desktopRoutes } from './http/desktops.ts';
import { deviceRoutes } from './http/devices.ts';
import { drillRoutes } from './http/drills.ts';
import { dutyRoutes } from './http/duties.ts';
import { entryStopRoutes } from './http/entry-stops.ts';
import { exceptionRoutes } from './http/exceptions.ts';
import { factorRoutes } from './http/factors.ts';
import { healthRoutes } from './http/health.ts';
import { importRoutes } from './http/imports.ts';
import { invitationRoutes } from './http/invitations.ts';
import { leaseRoutes } from './http/leases.ts';
import { levelRoutes } from './http/level.ts';
import { meRoutes } from './http/me.ts';
import { createOnForbidden } from './http/on-forbidden.ts';
import { ownDutyRoutes } from './http/own-duties.ts';
import { withOpenApi } from './http/openapi.ts';
import { pageAnswer, pageRoutes } from './http/pages.ts';
import { peopleProviderRoutes } from './http/people-providers.ts';
import { passkeyRoutes } from './http/passkeys.ts';
import { peopleRightsRoutes } from './http/people-rights.ts';
import { peopleRoutes } from './http/people.ts';
import { phaseRoutes } from './http/phases.ts';
import { policyRoutes } from './http/policy.ts';
import { poolRecordRoutes } from './http/pool-records.ts';
import { problemAnswer } from './http/problem.ts';
import { providerRoutes } from './http/providers.ts';
import type { Route } from './http/route.ts';
import { runRoute, type RouteDeps } from './http/run-route.ts';
import { securityHeaders } from './http/security-headers.ts';
import { serverClockRoutes } from './http/server-clock.ts';
import { send } from './http/send.ts';
import { securityNoticeRoutes } from './http/security-notices.ts';
import { sessionRoutes } from './http/sessions.ts';
import { signInRoutes } from './http/sign-in.ts';
import { signInsRoutes } from './http/sign-ins.ts';
import { successionRoutes } from './http/succession.ts';
import { teleworkRoutes } from './http/telework.ts';
import { unitRoutes } from './http/units.ts';
import { waitingRoutes } from './http/waiting.ts';
import { preferredLanguage } from './text/index.ts';

export type AppDeps = RouteDeps & {
  readonly broker: Broker;
  /** Folder of the built web client. */
  readonly pages: string;
  /** Of this program. */
  readonly version: string;
};

/** Headers, then the table of routes and nothing else, then what no row wanted, then what went wrong on the way. */
export function createApp(deps: AppDeps): { readonly app: Express; readonly routes: readonly Route[] } {
  const assets = createAssets(deps.pages);
  const routes = tableOfRoutes(deps, assets);
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.use(securityHeaders(() => deps.publicOrigin()));
  app.use(routerOf(routes, deps));
  app.use(notFound(assets, deps));
  app.use(lastResort(deps));
  return { app, routes };
}

/**
 * THE table of routes. Each row says who may call it: `public` rows say why, `half-signed-in` ones take the token of a
 * sign-in whose second step is open, `signed-in` ones a complete sign-in, and of these some role that allows the row's
 * `action`, where it names one. The relay (`/relay/:leaseId`, a WebSocket) is
 * `signed-in` too and passes the same chain in http/relay-upgrade.ts.
 *
 * Public: the first step of a sign-in, a passkey alone, the way to an identity provider and back, the provider's own call to end a sign-in (which its token proves), and the two calls of an invitation (one is nobody yet), health for machines, the
 * description of the API, and the page with its files (the same for everybody).
 */
function tableOfRoutes({ broker, clock, version, publicOrigin }: AppDeps, assets: Assets): Route[] {
  return withOpenApi(
    [
      ...healthRoutes(broker),
      ...signInRoutes({ signIns: broker.signIns, passkeys: broker.passkeys, bypasses: broker.bypasses, desktops: broker.desktops, clock }),
      ...providerRoutes({ providers: broker.providers, signIns: broker.signIns, passkeys: broker.passkeys, bypasses: broker.bypasses, desktops: broker.desktops, clock, publicOrigin }),
      ...invitationRoutes({ signIns: broker.signIns, clock }),
      ...ownDutyRoutes(broker),
      ...meRoutes({ signIns: broker.signIns, desktops: broker.desktops, clock }),
      ...signInsRoutes(broker),
      ...factorRoutes(broker),
      ...passkeyRoutes(broker),
      ...securityNoticeRoutes(broker),
      ...serverClockRoutes(broker),
      ...deviceRoutes(broker),
      ...desktopRoutes(broker),
      ...leaseRoutes(broker),
      ...waitingRoutes(broker),
      ...levelRoutes(broker),
      ...phaseRoutes(broker),
      ...successionRoutes(broker),
      ...exceptionRoutes(broker),
      ...bypassRoutes(broker),
      ...boardRoutes(broker),
      ...drillRoutes(broker),
      ...policyRoutes(broker),
      ...unitRoutes(broker),
      ...peopleRoutes(broker),
      ...peopleRightsRoutes(broker),
      ...peopleProviderRoutes(broker),
      ...dutyRoutes(broker),
      ...delegationRoutes(broker),
      ...importRoutes(broker),
      ...desktopRecordRoutes(broker),
      ...poolRecordRoutes(broker),
      ...sessionRoutes(broker),
      ...entryStopRoutes(broker),
      ...teleworkRoutes(broker),
      ...pageRoutes(assets),
    ],
    version,
  );
}

/** A path that has a row, called by a method that has none, is told which methods it has. */
function routerOf(routes: readonly Route[], deps: AppDeps): express.Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const onForbidden = createOnForbidden({ trail: deps.broker.trail, clock: deps.clock });
  for (const row of routes) router[row.method](row.path, runRoute(row, { ...deps, onForbidden }));
  for (const [path, rows] of Map.groupBy(routes, (row) => row.path)) {
    const allow = rows.map((row) => row.method.toUpperCase()).join(', ');
    router.all(path, (request, response) => {
      const language = preferredLanguage(request.headers['accept-language']);
      const answer = problemAnswer(new Refusal('method-not-allowed'), language, { log: deps.log, where: { method: request.method, route: path } });
      send(response, { ...answer, headers: { ...answer.headers, allow } }, language);
    });
  }
  return router;
}

/** People get the page, programs a problem document. */
function notFound(assets: Assets, { log }: RouteDeps): RequestHandler {
  return async (request, response) => {
    const language = preferredLanguage(request.headers['accept-language']);
    const forPeople = request.method === 'GET' && !request.path.startsWith('/api/') && request.accepts(['application/json', 'text/html']) === 'text/html';
    const answer = forPeople
      ? await pageAnswer(assets, 404, (name) => request.get(name), language)
      : problemAnswer(new Refusal('not-found'), language, { log, where: { method: request.method, route: 'none' } });
    send(response, answer, language);
  };
}

/** What never reached a row's own care: a path that is no valid percent-encoding, for one. Express knows it by its four arguments. */
function lastResort({ log }: RouteDeps): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const language = preferredLanguage(request.headers['accept-language']);
    send(response, problemAnswer(error, language, { log, where: { method: request.method, route: 'none' } }), language);
  };
}
