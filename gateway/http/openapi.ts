import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { ACTIONS, CODES, type Code } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { Problem } from './schemas/index.ts';

/** Serves the description of all the others, and of itself. */
export function withOpenApi(routes: readonly Route[], version: string): Route[] {
  const self = route({
    method: 'get',
    path: '/api/openapi.json',
    who: 'public',
    why: 'Describes the calls and holds nothing of anybody; the source is open.',
    summary: 'This description (OpenAPI 3.1).',
    answers: { status: 200, schema: z.looseObject({ openapi: z.string() }) },
    handle: async () => ({ status: 200, json: description }),
  });
  const all = [...routes, self];
  const description = openApiDocument(all, version);
  return all;
}

function openApiDocument(routes: readonly Route[], version: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const row of routes) {
    if (row.page) continue;
    const path = row.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [row.method]: operation(row) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Sekisho', version, description: 'Lists are {items, next}. Errors are problem documents (RFC 9457). Whatever changes something needs the service\'s own Origin.' },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-sekisho' },
        pending: { type: 'apiKey', in: 'cookie', name: '__Host-sekisho-pending' },
      },
    },
  });
}

function operation(row: Route): ZodOpenApiOperationObject {
  const { body, params, query } = row.accepts;
  const security = { 'public': [], 'half-signed-in': [{ pending: [] }], 'signed-in': [{ session: [] }] }[row.who];
  return {
    summary: row.summary,
    ...describe(row),
    security,
    requestParams: { ...(params && { path: params as z.ZodObject }), ...(query && { query: query as z.ZodObject }) },
    ...(body && { requestBody: { required: true, content: { [row.machine ? 'application/x-www-form-urlencoded' : 'application/json']: { schema: body } } } }),
    responses: { ...success(row), ...problems(row) },
  };
}

function describe({ why, action }: Route): { description?: string } {
  if (why !== undefined) return { description: `Public: ${why}` };
  return action === undefined ? {} : { description: `Needs a role that allows ${action}: ${ACTIONS[action].join(', ')}.` };
}

function success({ answers: { status, schema, type, or } }: Route): ZodOpenApiResponsesObject {
  const content = type !== undefined ? { content: { [type]: { schema: z.string() } } } : schema && { content: { 'application/json': { schema } } };
  const other = or && { [`${or.status}`]: { description: 'Accepted.', content: { 'application/json': { schema: or.schema } } } };
  return { [`${status}`]: { description: schema ? 'Done.' : 'Done; no body.', ...content }, ...other };
}

/** One answer a status, naming the codes it may carry. */
function problems(row: Route): ZodOpenApiResponsesObject {
  const common: Code[] = ['request-invalid', 'request-foreign-origin', 'internal-error'];
  if (row.accepts.body) common.push('request-not-json', 'request-too-large');
  if (row.who !== 'public') common.push('sign-in-required');
  if (row.who === 'signed-in') common.push('sign-in-incomplete');
  if (row.action !== undefined) common.push('forbidden');
  const byStatus = Map.groupBy(new Set([...common, ...row.refusals]), (code) => CODES[code].http);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, { description: codes.join(', '), content: { 'application/problem+json': { schema: Problem } } }]),
  );
}
