import type { Leases } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';
import type { GuacdLoad } from './choose-guacd.ts';

/**
 * What each guacd carries, counted over every gateway and held still until the transaction ends: claims that could go to
 * the same guacd wait for each other. Take every lock of an admission and of the lease before it.
 */
export async function holdGuacdLoads(transaction: Transaction, guacds: Parameters<Leases['claim']>[0]['guacds']): Promise<GuacdLoad[]> {
  const addresses = guacds.filter(({ reachable }) => reachable).map(({ address }) => address);
  if (addresses.length === 0) return guacds.map((guacd) => ({ ...guacd, taken: 0 }));
  const scopes = addresses.map((address) => `guacd:${address}`);
  await sql`insert into seat_limit (scope) select unnest(${scopes}::text[]) order by 1 on conflict do nothing`.execute(transaction);
  await sql`select from seat_limit where scope = any(${scopes}::text[]) order by scope for update`.execute(transaction);
  const carried = await transaction
    .selectFrom('lease')
    .where('state', '=', 'active')
    .where('guacd', '=', sql<string>`any(${addresses}::text[])`)
    .groupBy('guacd')
    .select(['guacd', sql<number>`sum(weight)::integer`.as('taken')])
    .execute();
  return guacds.map((guacd) => ({ ...guacd, taken: carried.find((row) => row.guacd === guacd.address)?.taken ?? 0 }));
}
