import { sql, type Connection } from '../store/index.ts';
import type { EndedBecause } from './transitions.ts';

/** Open leases whose person, entry, desktop, duty or assignment is gone, each with the first reason. */
export async function withoutRight(connection: Connection): Promise<readonly { readonly leaseId: string; readonly because: EndedBecause }[]> {
  const { rows } = await sql<{ leaseId: string; because: EndedBecause }>`select lease_id as "leaseId", because from leases_without_right()`.execute(connection);
  return rows;
}
