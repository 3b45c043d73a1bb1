import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import type { Route } from '../../gateway/http/route.ts';
import { samplesOf } from './schema-samples.ts';
import type { Ids, Kind } from './town-hall.ts';

export type SampleRequest = {
  readonly method: string;
  /** With its parameters and its query. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: unknown;
};
export type Sampling = {
  readonly seed: number;
  /** What the address and the body name. */
  readonly ids: Ids;
  /** For fields of these names, over what the schema gives; only where they are in the sample. Undefined leaves one out. */
  readonly over?: Readonly<Record<string, unknown>>;
};

/** A call of a row that its own schemas take. @throws Error where an address names something of a kind that is not known */
export function sampleRequest(row: Route, { seed, ids, over = {} }: Sampling): SampleRequest {
  const sample = (part: 'query' | 'body') => named(first(row.accepts[part]!, seed), ids, over);
  const query = row.accepts.query === undefined ? {} : (sample('query') as Record<string, string>);
  const params = Object.fromEntries(parametersOf(row).map((name) => [name, ofNobody(row) ? randomUUID() : ids[kindOf(row, name)]]));
  const address = row.path.replaceAll(/:(\w+)/g, (_whole, name: string) => params[name]!);
  return {
    method: row.method.toUpperCase(),
    path: row.accepts.query === undefined ? address : `${address}?${new URLSearchParams(query).toString()}`,
    params,
    query,
    ...(row.accepts.body !== undefined && { body: sample('body') }),
  };
}

/** What its address names belongs to no organisation: a page, or what another server calls. */
const ofNobody = ({ page, machine }: Route) => page !== undefined || machine !== undefined;

/** The kinds of what a row's address and body can name, each once. */
export function kindsNamedBy(row: Route): readonly Kind[] {
  if (ofNobody(row)) return [];
  const inBody = [row.accepts.body, row.accepts.query].flatMap((schema) => Object.keys((schema as { shape?: object } | undefined)?.shape ?? {}));
  return [...new Set([...parametersOf(row).map((name) => kindOf(row, name)), ...inBody.flatMap((name) => FIELDS[name] ?? [])])];
}

const FIELDS: Readonly<Record<string, Kind>> = {
  personId: 'person',
  fromPersonId: 'person',
  toPersonId: 'colleague',
  unitId: 'unit',
  parentId: 'unit',
  dutyId: 'duty',
  desktopId: 'desktop',
  poolId: 'pool',
  grantId: 'grant',
  residualId: 'residual',
  supersedes: 'proposal',
  deputyId: 'person',
  signInId: 'sign-in',
  voucherId: 'voucher',
  deviceId: 'device',
  leaseId: 'lease',
};
const RESOURCES: Readonly<Record<string, Kind>> = {
  '/api/people/': 'person',
  '/api/duties/': 'duty',
  '/api/delegations/': 'delegation',
  '/api/me/delegations/': 'delegation',
  '/api/desktop-records/': 'desktop',
  '/api/pool-records/': 'pool',
  '/api/sessions/': 'lease',
  '/api/leases/': 'lease',
  '/api/waiting/': 'waiting',
  '/api/drills/': 'drill',
  '/api/entry-stops/': 'entry-stop',
  '/api/level/proposals/': 'proposal',
  '/api/succession/orders/': 'order',
  '/api/deputyships/': 'deputyship',
  '/api/exceptions/': 'exception',
  '/api/bypasses/': 'bypass',
  '/api/devices/': 'device',
  '/api/me/devices/': 'device',
  '/api/me/sign-ins/': 'sign-in',
  '/api/me/authenticators/': 'authenticator',
  '/api/me/passkeys/': 'passkey',
  '/api/me/notices/': 'notice',
};

function parametersOf({ path }: Route): readonly string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
}

function kindOf({ path }: Route, name: string): Kind {
  const kind = name === 'id' ? RESOURCES[path.slice(0, path.indexOf(':id'))] : FIELDS[name];
  if (kind === undefined) throw new Error(`nobody has said what :${name} of ${path} is`);
  return kind;
}

function first(schema: Parameters<typeof samplesOf>[0], seed: number): Record<string, unknown> {
  return fc.sample(samplesOf(schema), { seed, numRuns: 1 })[0] as Record<string, unknown>;
}

function named(sample: Record<string, unknown>, ids: Ids, over: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const given = Object.entries(sample).map(([name, value]) => [name, Object.hasOwn(over, name) ? over[name] : value !== null && FIELDS[name] ? ids[FIELDS[name]] : value]);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Record<string, unknown>;
}
