import type { DesktopDetails, LevelProposal, PersonDetails, PoolListed } from '../../../gateway/http/schemas/index.ts';
import { bypassRoutes } from './bypass.ts';
import { deviceRoutes } from './devices.ts';
import { successionRoutes } from './succession.ts';
import { officeIds, type AdministeredOffice } from './administered-office.ts';

type Answer = { readonly status: number; readonly body?: unknown };
type Call = { readonly office: AdministeredOffice; readonly body: Record<string, unknown>; readonly query: URLSearchParams; readonly ids: readonly string[] };
const ok = (body: unknown): Answer => ({ status: 200, body });
const made = (body: unknown): Answer => ({ status: 201, body });
const page = (items: readonly unknown[]): Answer => ok({ items, next: null });
const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

/** `*` stands for an id. */
const routes: Readonly<Record<string, (call: Call) => Answer>> = {
  ...successionRoutes,
  ...bypassRoutes,
  ...deviceRoutes,
  'GET /api/level': ({ office }) => ok(office.situation),
  'GET /api/level/history': ({ office }) => page(office.history),
  'GET /api/level/effect': ({ office, query }) => ok({ level: query.get('level'), ...office.effect }),
  'POST /api/level/proposals': ({ office, body: { supersedes, ...body } }) => {
    const old = office.situation.proposals.find(({ id }) => id === supersedes);
    const proposal = proposed({ ...body, ...(old && { supersedes: { level: old.level, until: old.until, reason: old.reason, proposedBy: old.proposedBy.displayName, proposedAt: old.proposedAt } }) });
    office.situation = { ...office.situation, proposals: [...office.situation.proposals.filter((one) => one !== old), proposal] };
    return made(proposal);
  },
  'POST /api/level/proposals/*/approval': ({ office, ids: [id] }) => {
    const [proposal] = office.situation.proposals.filter((one) => one.id === id);
    if (proposal) office.situation = { ...office.situation, inForce: { ...office.situation.inForce, number: office.situation.inForce.number + 1, level: proposal.level, until: proposal.until }, proposals: [] };
    return ok(office.situation);
  },
  'POST /api/level/proposals/*/provisional': ({ office }) => {
    const until = at(120);
    const { inForce, proposals } = office.situation;
    office.situation = { ...office.situation, inForce: { ...inForce, provisional: { level: proposals[0]?.level ?? '2', until } }, proposals: proposals.map((one) => ({ ...one, provisionalUntil: until })) };
    return ok(office.situation);
  },
  'DELETE /api/level/proposals/*': ({ office }) => {
    office.situation = { ...office.situation, proposals: [] };
    return ok(office.situation);
  },
  'POST /api/level/tightening': ({ office, body }) => {
    office.situation = { ...office.situation, inForce: { number: office.situation.inForce.number + 1, level: body['level'] === '0' ? '0' : '1' } };
    return ok(office.situation);
  },
  'GET /api/units': ({ office }) => page(office.units),
  'POST /api/units': ({ office, body }) => made({ ...office.units[0], ...body, id: officeIds.proposal, path: body['name'], people: 0 }),
  'GET /api/people': ({ office, query }) => page(office.people.filter(({ displayName, username, status }) => `${displayName}${username}`.includes(query.get('search') ?? '') && (query.get('status') ?? status) === status)),
  'POST /api/people': ({ office, body }) => {
    const person = { ...office.people[2]!, ...body, id: officeIds.proposal, status: 'active', signIn: 'none' } as PersonDetails;
    office.people.push(person);
    return made(person);
  },
  'GET /api/people/*': ({ office, ids }) => ok(personOf(office, ids)),
  'PUT /api/people/*': ({ office, ids, body }) => changePerson(office, ids, body),
  'PUT /api/people/*/term': ({ office, ids, body }) => changePerson(office, ids, { loan: { from: 'となり市', endsAt: body['endsAt'] } }),
  'POST /api/people/*/suspension': ({ office, ids }) => changePerson(office, ids, { status: 'disabled' }),
  'DELETE /api/people/*/suspension': ({ office, ids }) => changePerson(office, ids, { status: 'active' }),
  'POST /api/people/*/invitation': () => ok({ path: '/welcome#dGhpcyBpcyBvbmx5IGEgdGVzdCBvZiBhIGxpbmsgdGhhdCBpcyBsb25n', expiresAt: at(60 * 72) }),
  'POST /api/people/*/forgiveness': () => ({ status: 204 }),
  'POST /api/people/*/roles': ({ office, ids, body }) => {
    const person = personOf(office, ids);
    return changePerson(office, ids, { roles: [...person.roles, body['role']], grants: [...person.grants.filter(({ role, unitId }) => role !== body['role'] || unitId !== body['unitId']), { id: officeIds.proposal, ...body, unitName: null, grantedAt: at(0), grantedBy: '高橋 花子', provider: null }] });
  },
  'DELETE /api/people/*/roles/*': ({ office, ids }) => changePerson(office, ids, { grants: personOf(office, ids).grants.filter(({ id }) => id !== ids[1]) }),
  'PUT /api/people/*/duties/*': ({ office, ids }) => changePerson(office, ids, { duties: [...personOf(office, ids).duties, ...office.duties.filter(({ id }) => id === ids[1])] }),
  'DELETE /api/people/*/duties/*': ({ office, ids }) => changePerson(office, ids, { duties: personOf(office, ids).duties.filter(({ id }) => id !== ids[1]) }),
  'GET /api/duties': ({ office, query }) => page(office.duties.filter(({ status }) => (query.get('status') ?? status) === status)),
  'POST /api/duties': ({ office, body }) => made({ ...office.duties[1], ...body, people: 0 }),
  'PUT /api/duties/*': ({ office, body }) => ok({ ...office.duties[1], ...body }),
  'POST /api/duties/*/retirement': ({ office }) => ok({ ...office.duties[1], status: 'retired' }),
  'POST /api/duties/*/units': () => ok({ assigned: 22 }),
  'GET /api/desktop-records': ({ office }) => page(office.desktops),
  'POST /api/desktop-records': ({ office }) => made(office.desktops[0]),
  'GET /api/desktop-records/*': ({ office, ids }) => ok(desktopOf(office, ids)),
  'POST /api/desktop-records/*/suspension': ({ office, ids }) => changeDesktop(office, ids, { status: 'disabled' }),
  'DELETE /api/desktop-records/*/suspension': ({ office, ids }) => changeDesktop(office, ids, { status: 'active' }),
  'PUT /api/desktop-records/*/people/*': ({ office, ids }) => changeDesktop(office, ids, { people: [...desktopOf(office, ids).people, ...office.people.filter(({ id }) => id === ids[1])] }),
  'DELETE /api/desktop-records/*/people/*': ({ office, ids }) => changeDesktop(office, ids, { people: desktopOf(office, ids).people.filter(({ id }) => id !== ids[1]) }),
  'PUT /api/desktop-records/*/pool': ({ office, ids, body }) => changeDesktop(office, ids, { pool: office.pools.find(({ id }) => id === body['poolId']) ?? null }),
  'POST /api/desktop-records/*/residual/*/end': ({ office, ids }) => changeDesktop(office, ids, { residual: [], residualSessions: 0 }),
  'POST /api/desktop-records/*/probe': () => ok({ reachable: true, checkedAt: at(0) }),
  'GET /api/pool-records': ({ office }) => page(office.pools),
  'POST /api/pool-records': ({ office, body }) => made({ ...office.pools[0], ...body }),
  'PUT /api/pool-records/*': ({ office, ids, body }) => changePool(office, ids, body),
  'PUT /api/pool-records/*/people/*': ({ office, ids }) => changePool(office, ids, {}),
  'DELETE /api/pool-records/*/people/*': ({ office, ids }) => changePool(office, ids, { people: [] }),
  'PUT /api/pool-records/*/units/*': ({ office, ids }) => changePool(office, ids, { units: office.units.filter(({ id }) => id === ids[1]) }),
  'DELETE /api/pool-records/*/units/*': ({ office, ids }) => changePool(office, ids, { units: [] }),
  'POST /api/imports/people/preview': ({ office }) => ok(office.preview),
  'POST /api/imports/desktops/preview': ({ office }) => ok(office.preview),
  'POST /api/imports/people': ({ office }) => ok(office.preview),
  'POST /api/imports/desktops': ({ office }) => ok(office.preview),
};

const anId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu;
export const withoutIds = (call: string): string => call.replaceAll(anId, '*');

/** Answers what the administrators' pages ask; undefined for what is none of theirs. */
export function administration(office: AdministeredOffice, call: string, body: Record<string, unknown>, query: URLSearchParams): Answer | undefined {
  return routes[withoutIds(call)]?.({ office, body, query, ids: call.match(anId) ?? [] });
}

export function proposed(body: Record<string, unknown> = {}): LevelProposal {
  return {
    id: officeIds.proposal,
    level: '2',
    event: 'earthquake',
    onset: at(-195),
    reason: '庁舎が使えないため、自宅と避難所で優先業務を続ける。',
    until: at(60 * 72),
    proposedBy: { id: officeIds.sato, displayName: '佐藤 一郎' },
    proposedAt: at(0),
    closesAt: at(60 * 4),
    own: true,
    ...body,
  };
}

const personOf = (office: AdministeredOffice, [id]: readonly string[]): PersonDetails => office.people.find((one) => one.id === id) ?? office.people[0]!;
const desktopOf = (office: AdministeredOffice, [id]: readonly string[]): DesktopDetails => office.desktops.find((one) => one.id === id) ?? office.desktops[0]!;

function changePerson(office: AdministeredOffice, ids: readonly string[], change: object): Answer {
  const person = { ...personOf(office, ids), ...change };
  office.people = office.people.map((one) => (one.id === person.id ? person : one));
  return ok(person);
}

function changeDesktop(office: AdministeredOffice, ids: readonly string[], change: object): Answer {
  const desktop = { ...desktopOf(office, ids), ...change };
  office.desktops = office.desktops.map((one) => (one.id === desktop.id ? desktop : one));
  return ok(desktop);
}

function changePool(office: AdministeredOffice, [id]: readonly string[], change: object): Answer {
  const pool: PoolListed = { ...(office.pools.find((one) => one.id === id) ?? office.pools[0]!), ...change };
  office.pools = office.pools.map((one) => (one.id === pool.id ? pool : one));
  return ok(pool);
}
