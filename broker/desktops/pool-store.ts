import { Refusal } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import type { OfPool } from './record.ts';

/** A pool of the organisation, locked. Throws `not-found`. */
export async function findPool(transaction: Transaction, { organisationId, poolId }: OfPool) {
  const pool = await transaction
    .selectFrom('pool')
    .where('id', '=', poolId)
    .where('organisation_id', '=', organisationId)
    .select(['id', 'name', 'status', 'log_in as logIn', 'clean_up as cleanUp', 'seats'])
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (pool === undefined) throw new Refusal('not-found', { fields: [{ path: 'poolId', expected: 'a pool of the organisation' }] });
  return pool;
}

/** With a stored log-in everybody would land in the same OS session. Throws `pool-unsuitable`. */
export function mustFitPool({ logIn }: { readonly logIn: 'personal' | 'shared' }, credentials: 'stored' | 'ask'): void {
  if (logIn === 'personal' && credentials === 'stored') throw new Refusal('pool-unsuitable', { fields: [{ path: 'poolId', expected: 'a pool that everybody enters with the same log-in: a log-in is stored for this desktop' }] });
}
