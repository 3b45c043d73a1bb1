import { events } from '../audit/index.ts';
import type { By } from '../leases/index.ts';
import { Refusal } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';
import { circumstances } from './by.ts';
import { findPool, mustFitPool } from './pool-store.ts';
import type { DesktopsAdminDeps, OfDesktop } from './record.ts';
import { holdDesktop, mustExist, setStatus } from './store.ts';

type Deps = Pick<DesktopsAdminDeps, 'trail' | 'clock' | 'endLeasesOf'>;
type OfAssignment = OfDesktop & { readonly personId: string };

export async function disableDesktop(transaction: Transaction, { trail, endLeasesOf }: Deps, of: OfDesktop, by: By): Promise<void> {
  if (!(await setStatus(transaction, of, 'disabled'))) return;
  await endLeasesOf(transaction, { desktopId: of.desktopId }, 'desktop-disabled', by);
  await trail.append(transaction, events.desktopDisabled({ ...circumstances(by, of.organisationId), desktopId: of.desktopId }));
}

export async function enableDesktop(transaction: Transaction, { trail }: Deps, of: OfDesktop, by: By): Promise<void> {
  if (!(await setStatus(transaction, of, 'active'))) return;
  await trail.append(transaction, events.desktopEnabled({ ...circumstances(by, of.organisationId), desktopId: of.desktopId }));
}

export async function assignDesktop(transaction: Transaction, { trail, clock }: Deps, { organisationId, desktopId, personId }: OfAssignment, by: By): Promise<void> {
  await mustExist(transaction, organisationId, desktopId, personId);
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('desktop_assignment')
    .values({ organisation_id: organisationId, desktop_id: desktopId, person_id: personId, assigned_at: clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 1n) await trail.append(transaction, events.desktopAssigned({ ...circumstances(by, organisationId), desktopId, personId }));
}

export async function unassignDesktop(transaction: Transaction, { trail, endLeasesOf }: Deps, { organisationId, desktopId, personId }: OfAssignment, by: By): Promise<void> {
  await mustExist(transaction, organisationId, desktopId, personId);
  const { numDeletedRows } = await transaction.deleteFrom('desktop_assignment').where('desktop_id', '=', desktopId).where('person_id', '=', personId).executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) return;
  if (!(await hasItByPool(transaction, desktopId, personId))) await endLeasesOf(transaction, { desktopId, personId }, 'desktop-not-assigned', by);
  await trail.append(transaction, events.desktopUnassigned({ ...circumstances(by, organisationId), desktopId, personId }));
}

async function hasItByPool(transaction: Transaction, desktopId: string, personId: string): Promise<boolean> {
  const { rows } = await sql<{ given: boolean }>`select desktop.pool_id is not null and pool_is_given(desktop.pool_id, ${personId}) as given from desktop where desktop.id = ${desktopId}`.execute(transaction);
  return rows[0]?.given === true;
}

/** Refused while somebody's session is open or lives on there: it would become a stranger's to somebody who enters by the pool. */
export async function setPool(transaction: Transaction, { trail }: Deps, { organisationId, desktopId, poolId }: OfDesktop & { readonly poolId: string | null }, by: By): Promise<void> {
  const pool = poolId === null ? undefined : await findPool(transaction, { organisationId, poolId });
  const { credentials, poolId: from } = await holdDesktop(transaction, { organisationId, desktopId });
  if (from === poolId) return;
  if (pool) mustFitPool(pool, credentials);
  if (await isOccupied(transaction, desktopId)) throw new Refusal('conflict', { fields: [{ path: 'desktopId', expected: 'a desktop on which no session is open or lives on' }] });
  await transaction.updateTable('desktop').set({ pool_id: poolId }).where('id', '=', desktopId).execute();
  await trail.append(transaction, events.desktopPooled({ ...circumstances(by, organisationId), desktopId, poolId, from }));
}

async function isOccupied(transaction: Transaction, desktopId: string): Promise<boolean> {
  const open = await transaction.selectFrom('lease').where('desktop_id', '=', desktopId).where('state', '<>', 'ended').select('id').limit(1).executeTakeFirst();
  const residual = await transaction.selectFrom('residual_session').where('desktop_id', '=', desktopId).where('ended_at', 'is', null).select('id').limit(1).executeTakeFirst();
  return open !== undefined || residual !== undefined;
}
