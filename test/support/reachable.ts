import type { Express } from 'express';
import type { Route } from '../../gateway/http/route.ts';
import type { Answer } from './http-client.ts';

export type Reachable = { readonly method: string; readonly path: string };

/** `POST /api/leases`. */
export const rowName = ({ method, path }: Reachable): string => `${method.toUpperCase()} ${path}`;

/** Reads Express's own stack, not our table: what a request can really reach. */
export function reachable(app: Express): Reachable[] {
  type Layer = { readonly route?: { readonly path: string; readonly methods: Record<string, boolean> }; readonly handle?: { readonly stack?: Layer[] } };
  const walk = (layers: readonly Layer[]): Reachable[] =>
    layers.flatMap(({ route, handle }) => {
      if (route) return Object.keys(route.methods).filter((method) => method !== '_all').map((method) => ({ method: method.toUpperCase(), path: route.path }));
      return handle?.stack ? walk(handle.stack) : [];
    });
  return walk((app.router as unknown as { stack: Layer[] }).stack);
}

/** The rows of the table that the running router really has, of these. */
export function rowsReached(app: Express, table: readonly Route[], wanted: (row: Route) => boolean): Route[] {
  return reachable(app).map((reached) => {
    const row = table.find((candidate) => rowName(candidate) === rowName(reached));
    if (row === undefined) throw new Error(`the router has ${rowName(reached)}, and the table has not`);
    return row;
  }).filter(wanted);
}

/** The code of a problem document; undefined for any other answer. */
export function problemCodeOf(answer: Answer): unknown {
  return answer.headers['content-type']?.startsWith('application/problem+json') === true ? answer.json().code : undefined;
}
