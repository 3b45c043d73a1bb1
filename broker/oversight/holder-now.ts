import type { Holder } from '../authorization/index.ts';
import { readGrants } from '../identity/signed-in.ts';
import type { Connection } from '../store/index.ts';

/** With what rights somebody stands now, whoever asks and whenever they signed in; with none while suspended. */
export async function holderNow(connection: Connection, personId: string): Promise<Holder> {
  const person = await connection.selectFrom('person').where('id', '=', personId).select(['organisation_id as organisationId', 'status']).executeTakeFirstOrThrow();
  return { organisationId: person.organisationId, grants: person.status === 'active' ? await readGrants(connection, personId) : [] };
}
