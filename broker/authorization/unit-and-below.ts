import { Refusal } from '../refusal.ts';
import { sql, type Connection } from '../store/index.ts';

/** A unit and everything below it. @throws Refusal `not-found` where the organisation has no such unit */
export async function unitAndBelow(connection: Connection, { organisationId, unitId }: { organisationId: string; unitId: string }): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select below.id from unit, unit_and_below(unit.id) as below (id) where unit.id::text = ${unitId} and unit.organisation_id = ${organisationId}`.execute(connection);
  if (rows.length === 0) throw new Refusal('not-found');
  return rows.map(({ id }) => id);
}
