import { may } from '../authorization/index.ts';
import { readGrants } from '../identity/signed-in.ts';
import type { Connection } from '../store/index.ts';

/** Whether who asked to let people in again could ask it now: neither suspended since, nor without the role. */
export async function mayStillRelease(connection: Connection, askedBy: string, { organisationId, unitId }: { readonly organisationId: string; readonly unitId: string | null }): Promise<boolean> {
  const asker = await connection.selectFrom('person').where('id', '=', askedBy).where('status', '=', 'active').select('organisation_id as organisationId').executeTakeFirst();
  return asker !== undefined && may({ ...asker, grants: await readGrants(connection, askedBy) }, 'entry.release', { organisationId, unitId });
}
