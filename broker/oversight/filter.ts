import { unitAndBelow } from '../authorization/unit-and-below.ts';
import { Refusal, type SessionFilter } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import { invalid, isUuid } from './asked.ts';

/** Of which organisation and units sessions may be seen. */
export type Scope = { readonly organisationId: string; readonly units: 'all' | readonly string[] };

/** Conditions on `lease` and on `admission_decision` as `decision`; undefined where none of that kind can fit. */
export type Conditions = { readonly leases: Condition | undefined; readonly decisions: Condition | undefined };
export type Condition = ReturnType<typeof sql<boolean>>;

/** @throws Refusal `request-invalid` for what is no identifier; `not-found` for a unit outside of the scope */
export async function conditionsOf(connection: Connection, scope: Scope, filter: SessionFilter): Promise<Conditions> {
  const { organisationId } = scope;
  for (const name of ['personId', 'desktopId', 'dutyId'] as const) if (filter[name] !== undefined && !isUuid(filter[name])) throw invalid(name, 'an identifier');
  const units = await unitsOf(connection, scope, filter.unitId);
  const { state, outcome } = filter;
  const shared = [
    sql<boolean>`organisation_id = ${organisationId}`,
    ...(units === 'all' ? [] : [sql<boolean>`unit_id = any(${units}::uuid[])`]),
    ...(filter.personId === undefined ? [] : [sql<boolean>`person_id = ${filter.personId}`]),
    ...(filter.desktopId === undefined ? [] : [sql<boolean>`desktop_id = ${filter.desktopId}`]),
    ...(filter.dutyId === undefined ? [] : [sql<boolean>`duty_id = ${filter.dutyId}`]),
    ...(filter.person === undefined ? [] : [sql<boolean>`person_id in (select id from person where organisation_id = ${organisationId} and (username ilike ${part(filter.person.normalize('NFKC'))} or display_name ilike ${part(filter.person)}))`]),
    ...(filter.desktop === undefined ? [] : [sql<boolean>`desktop_id in (select id from desktop where organisation_id = ${organisationId} and name ilike ${part(filter.desktop)})`]),
  ];
  const within = (at: Condition) => [
    ...(filter.from === undefined ? [] : [sql<boolean>`${at} >= ${filter.from}`]),
    ...(filter.to === undefined ? [] : [sql<boolean>`${at} < ${filter.to}`]),
  ];
  const leases = [
    ...shared,
    ...within(sql`granted_at`),
    ...(state === undefined ? [] : [state === 'live' ? sql<boolean>`state <> 'ended'` : sql<boolean>`state = 'ended'`]),
    ...(filter.reason === undefined ? [] : [sql<boolean>`ended_because = ${filter.reason}`]),
  ];
  const decisions = [
    ...shared,
    ...within(sql`at`),
    sql<boolean>`outcome <> 'admit'`,
    ...(outcome === undefined ? [] : [sql<boolean>`outcome = ${outcome}`]),
    ...(filter.reason === undefined ? [] : [sql<boolean>`${filter.reason} = any(reasons)`]),
  ];
  return {
    leases: state === 'refused' || (outcome !== undefined && outcome !== 'admit') ? undefined : all(leases),
    decisions: state === 'live' || state === 'past' || outcome === 'admit' ? undefined : all(decisions),
  };
}

async function unitsOf(connection: Connection, { organisationId, units }: Scope, unitId: string | undefined): Promise<Scope['units']> {
  if (unitId === undefined) return units;
  if (units !== 'all' && !units.includes(unitId)) throw new Refusal('not-found');
  return unitAndBelow(connection, { organisationId, unitId });
}

const all = (conditions: readonly Condition[]): Condition => sql<boolean>`${sql.join([...conditions], sql` and `)}`;

/** For ilike: what was typed, wherever it stands, without any meaning of its own. */
const part = (typed: string): string => `%${typed.normalize('NFC').trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
