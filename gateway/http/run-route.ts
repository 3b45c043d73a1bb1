import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { asOf, may, Refusal, type Language, type SignedIn } from '../../broker/port.ts';
import type { Authenticator } from '../auth/authenticate.ts';
import type { TrustedProxies } from '../auth/client-address.ts';
import { requestOrigin } from '../auth/request-origin.ts';
import { requireSameOrigin } from '../auth/same-origin.ts';
import type { Log } from '../log/index.ts';
import { preferredLanguage } from '../text/index.ts';
import { readForm, readJson, requireNoBody } from './body.ts';
import type { OnForbidden } from './on-forbidden.ts';
import { problemAnswer } from './problem.ts';
import { fitting } from './request-invalid.ts';
import type { Answer, AnyCall, Route } from './route.ts';
import { sendPieces } from './send-pieces.ts';
import { send } from './send.ts';

export type RouteDeps = {
  readonly authenticator: Authenticator;
  readonly trustedProxies: TrustedProxies;
  publicOrigin(): string;
  readonly log: Log;
  readonly clock: { now(): Date };
};

const NO_QUERY = z.strictObject({});

/** What every route does, in this order: same origin, who is asking, whether any role allows it, what is asked, the handler, the answer. */
export function runRoute(row: Route, deps: RouteDeps & { readonly onForbidden: OnForbidden }): RequestHandler {
  return async (request, response) => {
    let language = preferredLanguage(request.headers['accept-language']);
    let answer: Answer;
    let person: SignedIn | undefined;
    try {
      if (row.page === undefined && row.machine === undefined) requireSameOrigin(request.headers, deps.publicOrigin(), row.method === 'get' ? 'reading' : 'changing');
      const bearer = await bearerOf(row, request, deps.authenticator);
      language = bearer.person?.language ?? language;
      person = bearer.person;
      if (row.action !== undefined && (person === undefined || !may(asOf(person, deps.clock.now()), row.action))) throw new Refusal('forbidden');
      answer = await row.handle(await callOf(row, { request, response, bearer, language, deps }));
    } catch (error) {
      if (person !== undefined && error instanceof Refusal && error.code === 'forbidden') {
        await deps.onForbidden({ method: request.method, route: row.path, person, origin: requestOrigin(request, deps.trustedProxies) });
      }
      answer = problemAnswer(error, language, { log: deps.log, where: { method: request.method, route: row.path } });
    }
    const { pieces } = answer;
    if (pieces === undefined) send(response, answer, language);
    else await sendPieces(response, { ...answer, pieces }, language, { log: deps.log, where: { method: request.method, route: row.path } });
  };
}

type Bearer = Pick<AnyCall, 'person' | 'token'>;

async function bearerOf(row: Route, request: Request, authenticator: Authenticator): Promise<Bearer> {
  if (row.who === 'public') return {};
  if (row.who === 'half-signed-in') return { token: authenticator.halfSignedIn(request.headers) };
  return authenticator.authenticate(request.headers);
}

async function callOf(row: Route, from: { request: Request; response: Response; bearer: Bearer; language: Language; deps: RouteDeps }): Promise<AnyCall> {
  const { request, response, bearer, language, deps } = from;
  const { body, params, query } = row.accepts;
  if (body === undefined) requireNoBody(request);
  return {
    ...bearer,
    language,
    origin: requestOrigin(request, deps.trustedProxies),
    header: (name) => request.get(name),
    params: params && existing(params, request.params),
    query: row.page === undefined ? fitting(query ?? NO_QUERY, request.query) : undefined,
    body: body && fitting(body, await (row.machine ? readForm : readJson)(request, response, row.longestBody)),
  };
}

/** A name that no thing can have is the name of nothing. */
function existing(schema: z.ZodType, params: unknown): unknown {
  const result = schema.safeParse(params);
  if (!result.success) throw new Refusal('not-found');
  return result.data;
}
