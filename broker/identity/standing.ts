import { sql, type Connection } from '../store/index.ts';
import { isOver } from './lapse.ts';

/**
 * Which of these sign-ins stand, in one statement for all of them. The word with each follows from what its person's
 * reach follows from: the unit, the grants, and the organisation's units, since what lies below a unit may grow.
 */
export async function readStanding(connection: Connection, signInIds: readonly string[], now: Date): Promise<ReadonlyMap<string, string>> {
  if (signInIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; word: string }>`
    with tree as (select organisation_id, count(*) as units from unit group by organisation_id)
    select sign_in.id, concat_ws(' ', p.unit_id, tree.units, (select string_agg(held.id::text, ' ' order by held.id) from role_grant held where held.person_id = p.id)) as word
    from sign_in
    join person p on p.id = sign_in.person_id
    join tree on tree.organisation_id = p.organisation_id
    where sign_in.id = any(${signInIds}::uuid[]) and sign_in.ended_at is null and not ${isOver(now)} and p.status = 'active'`.execute(connection);
  return new Map(rows.map(({ id, word }) => [id, word]));
}
