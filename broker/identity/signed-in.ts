import type { Grant, PriorityClass, SignedIn, SignInEnd, SignInMethod, StandsIn, Zone } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';

/** Who a complete sign-in stands for, with what decides whether it still holds. */
export type SignInState = {
  readonly signedIn: SignedIn;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly idleSeconds: number;
  /** Why it was ended, if it was. */
  readonly ended: SignInEnd | undefined;
  readonly personDisabled: boolean;
};

/** Roles and duties are read each time: a right that is gone is gone at once. */
export async function readSignIn(connection: Connection, tokenHash: Buffer, now: Date): Promise<SignInState | undefined> {
  const { rows } = await sql<Row>`
    select s.id, s.at, s.expires_at, s.idle_seconds, s.warn_seconds, s.last_seen_at, s.proved_at, s.method, s.ended_because, previous.at as previous_at, previous.address as previous_address, previous.method as previous_method,
      p.id as person_id, p.organisation_id, p.username, p.display_name, p.language, p.status = 'active' and (p.ends_at is null or p.ends_at > ${now}) as active,
      organisation.name as organisation_name, unit.id as unit_id, unit.name as unit_name,
      (${grantsOf(sql`p.id`)}) as grants,
      p.id = any (succession_in_force(p.organisation_id)) as in_order, acting.id as deputyship_id, acting.begins_at as deputy_since, acting.until as deputy_until,
      (select coalesce(json_agg(json_build_object('id', duty.id, 'name', duty.name, 'class', duty.priority_class, 'zone', duty.zone) order by duty.priority_class, duty.name), '[]')
        from duty where duty.status = 'active' and (exists (select from duty_assignment where duty_assignment.person_id = p.id and duty_assignment.duty_id = duty.id)
          or duty.id in (select handed.duty_id from duties_delegated(p.id, ${now}) as handed))) as duties
    from sign_in s
    join person p on p.id = s.person_id
    join organisation on organisation.id = p.organisation_id
    join unit on unit.id = p.unit_id
    left join sign_in previous on previous.id = s.previous_id
    left join deputyship acting on acting.deputy_id = p.id and acting.organisation_id = p.organisation_id and acting.ended_at is null and may_stand_in(p.id)
    where s.token_hash = ${tokenHash}`.execute(connection);
  return rows[0] && stateOf(rows[0]);
}

/** What a person is granted now. */
export async function readGrants(connection: Connection, personId: string): Promise<readonly Grant[]> {
  const { rows } = await sql<{ grants: Grant[] }>`select (${grantsOf(sql`${personId}`)}) as grants`.execute(connection);
  return rows[0]?.grants ?? [];
}

/** Whoever came in by a bypass does their own work and nothing else: no role but that of staff. */
export const grantsBy = (method: SignInMethod, grants: readonly Grant[]): readonly Grant[] => (method === 'bypass' ? grants.filter(({ role }) => role === 'staff') : grants);

const grantsOf = (personId: ReturnType<typeof sql>) => sql`
  select coalesce(json_agg(json_build_object('role', held.role, 'organisationId', held.organisation_id, 'unitId', held.unit_id,
      'unitIds', case when held.unit_id is null then '{}'::uuid[] else array(select unit_and_below(held.unit_id)) end) order by held.role, held.unit_id), '[]')
  from role_grant held where held.person_id = ${personId}`;

type Row = {
  id: string;
  at: Date;
  expires_at: Date;
  idle_seconds: number;
  warn_seconds: number;
  last_seen_at: Date;
  proved_at: Date;
  method: SignInMethod;
  ended_because: SignInEnd | null;
  previous_at: Date | null;
  previous_address: string | null;
  previous_method: SignInMethod | null;
  person_id: string;
  organisation_id: string;
  username: string;
  display_name: string;
  language: SignedIn['language'];
  active: boolean;
  organisation_name: string;
  unit_id: string;
  unit_name: string;
  grants: Grant[];
  in_order: boolean;
  deputyship_id: string | null;
  deputy_since: Date | null;
  deputy_until: Date | null;
  duties: { id: string; name: string; class: PriorityClass; zone: Zone }[];
};

function stateOf(row: Row): SignInState {
  const previous = row.previous_at !== null && row.previous_address !== null && row.previous_method !== null && { at: row.previous_at, address: row.previous_address, method: row.previous_method };
  const grants = grantsBy(row.method, row.grants);
  // By a bypass nobody has a place in the succession order either.
  const standsIn = row.method === 'bypass' ? undefined : standsInOf(row);
  const signedIn: SignedIn = {
    signInId: row.id,
    personId: row.person_id,
    organisationId: row.organisation_id,
    username: row.username,
    displayName: row.display_name,
    organisationName: row.organisation_name,
    unitId: row.unit_id,
    unitName: row.unit_name,
    language: row.language,
    grants,
    ...(standsIn && { standsIn }),
    provedAt: row.proved_at,
    method: row.method,
    roles: [...new Set(grants.map(({ role }) => role))],
    duties: row.duties,
    since: row.at,
    expiresAt: row.expires_at,
    idleSeconds: row.idle_seconds,
    warnSeconds: row.warn_seconds,
    ...(previous && { previousSignIn: previous }),
  };
  return { signedIn, lastSeenAt: row.last_seen_at, expiresAt: row.expires_at, idleSeconds: row.idle_seconds, ended: row.ended_because ?? undefined, personDisabled: !row.active };
}

function standsInOf({ in_order: inOrder, deputyship_id: id, deputy_since: since, deputy_until: until }: Row): StandsIn | undefined {
  if (id !== null && since !== null && until !== null) return { deputy: { id, since, until } };
  return inOrder ? {} : undefined;
}
