import { z } from 'zod';
import { events } from '../audit/index.ts';
import type { By } from '../leases/index.ts';
import { Refusal, type NewPool } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';
import { circumstances } from './by.ts';
import { invalidFields } from './invalid.ts';
import { findPool } from './pool-store.ts';
import type { DesktopsAdminDeps, OfPool } from './record.ts';

type Deps = Pick<DesktopsAdminDeps, 'trail' | 'clock' | 'ids' | 'endLeasesOf'>;
export type PoolChange = Partial<NewPool> & { readonly status?: 'active' | 'disabled' };
/** Exactly one of the two. */
export type PoolAssignee = { readonly personId?: string | undefined; readonly unitId?: string | undefined };

const Basics = z.strictObject({
  name: z.string().trim().min(1).max(200).regex(/^[^\p{Cc}\p{Cs}]*$/u, 'no control characters'),
  logIn: z.enum(['personal', 'shared'], 'personal or shared'),
  cleanUp: z.enum(['none', 'proved'], 'none or proved'),
  seats: z.int().min(0).max(1_000_000).nullable(),
});
const Change = Basics.extend({ status: z.enum(['active', 'disabled']) }).partial();

/** @returns its id. Throws `conflict` for a name that is taken, `request-invalid`. */
export async function addPool(transaction: Transaction, { trail, clock, ids }: Deps, organisationId: string, pool: NewPool, by: By): Promise<string> {
  const checked = Basics.safeParse(pool);
  if (!checked.success) throw invalidFields(checked.error.issues);
  const { name, logIn, cleanUp, seats } = checked.data;
  const poolId = ids.uuid();
  await transaction
    .insertInto('pool')
    .values({ id: poolId, organisation_id: organisationId, name, status: 'active', log_in: logIn, clean_up: cleanUp, seats, created_at: clock.now() })
    .execute()
    .catch(refuseTaken);
  await trail.append(transaction, events.poolAdded({ ...circumstances(by, organisationId), poolId, name, logIn, cleanUp, seats: seats ?? undefined }));
  return poolId;
}

/** A pool out of service ends the sessions on its desktops. Throws `not-found`, `conflict`. */
export async function changePool(transaction: Transaction, { trail, endLeasesOf }: Deps, of: OfPool, change: PoolChange, by: By): Promise<void> {
  const checked = Change.safeParse(change);
  if (!checked.success) throw invalidFields(checked.error.issues);
  const before = await findPool(transaction, of);
  const given = checked.data;
  const { name = before.name, logIn = before.logIn, cleanUp = before.cleanUp, seats = before.seats, status = before.status } = given;
  if (logIn === 'personal' && before.logIn === 'shared') await mustAskEverywhere(transaction, of);
  await transaction.updateTable('pool').set({ name, log_in: logIn, clean_up: cleanUp, seats, status }).where('id', '=', of.poolId).execute().catch(refuseTaken);
  if (status === 'disabled' && before.status === 'active') await endLeasesOf(transaction, { poolId: of.poolId }, 'desktop-disabled', by);
  const changed = {
    ...(name !== before.name && { name }),
    ...(logIn !== before.logIn && { logIn }),
    ...(cleanUp !== before.cleanUp && { cleanUp }),
    ...(seats !== before.seats && { seats }),
    ...(status !== before.status && { status }),
  };
  if (Object.keys(changed).length > 0) await trail.append(transaction, events.poolChanged({ ...circumstances(by, of.organisationId), poolId: of.poolId, ...changed }));
}

export async function assignPool(transaction: Transaction, { trail, clock }: Deps, of: OfPool, to: PoolAssignee, by: By): Promise<void> {
  await findPool(transaction, of);
  const { personId, unitId } = await mustBeThere(transaction, of, to);
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('pool_assignment')
    .values({ organisation_id: of.organisationId, pool_id: of.poolId, person_id: personId ?? null, unit_id: unitId ?? null, assigned_at: clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 1n) await trail.append(transaction, events.poolAssigned({ ...circumstances(by, of.organisationId), poolId: of.poolId, personId, unitId }));
}

/** Ends the sessions of those who may not use its desktops any more. */
export async function unassignPool(transaction: Transaction, { trail, endLeasesOf }: Deps, of: OfPool, from: PoolAssignee, by: By): Promise<void> {
  await findPool(transaction, of);
  const { personId, unitId } = await mustBeThere(transaction, of, from);
  const taken = transaction.deleteFrom('pool_assignment').where('pool_id', '=', of.poolId);
  const { numDeletedRows } = await (personId === undefined ? taken.where('unit_id', '=', unitId!) : taken.where('person_id', '=', personId)).executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) return;
  await endLeasesOf(transaction, { leaseIds: await withoutAssignment(transaction, of.poolId) }, 'desktop-not-assigned', by);
  await trail.append(transaction, events.poolUnassigned({ ...circumstances(by, of.organisationId), poolId: of.poolId, personId, unitId }));
}

async function withoutAssignment(transaction: Transaction, poolId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select lease.id from lease
    where lease.pool_id = ${poolId} and lease.state <> 'ended' and not pool_is_given(lease.pool_id, lease.person_id)
      and not exists (select from desktop_assignment as own where own.desktop_id = lease.desktop_id and own.person_id = lease.person_id)`.execute(transaction);
  return rows.map(({ id }) => id);
}

async function mustAskEverywhere(transaction: Transaction, { poolId }: OfPool): Promise<void> {
  const stored = await transaction.selectFrom('desktop').where('pool_id', '=', poolId).where('credentials', '=', 'stored').select('id').limit(1).executeTakeFirst();
  if (stored) throw new Refusal('conflict', { fields: [{ path: 'logIn', expected: 'shared: a log-in is stored for a desktop of it' }] });
}

async function mustBeThere(transaction: Transaction, { organisationId }: OfPool, { personId, unitId }: PoolAssignee): Promise<PoolAssignee> {
  if ((personId === undefined) === (unitId === undefined)) throw invalidFields([{ path: ['personId'], message: 'either a person or a unit' }]);
  const found =
    personId === undefined
      ? await transaction.selectFrom('unit').where('id', '=', unitId!).where('organisation_id', '=', organisationId).select('id').executeTakeFirst()
      : await transaction.selectFrom('person').where('id', '=', personId).where('organisation_id', '=', organisationId).select('id').executeTakeFirst();
  const [path, what] = personId === undefined ? (['unitId', 'a unit of the organisation'] as const) : (['personId', 'a person of the organisation'] as const);
  if (found === undefined) throw new Refusal('not-found', { fields: [{ path, expected: what }] });
  return { personId, unitId };
}

function refuseTaken(error: unknown): never {
  const { constraint } = error as { constraint?: string };
  if (constraint === 'pool_organisation_id_name_key') throw new Refusal('conflict', { fields: [{ path: 'name', expected: 'a name that no other pool of the organisation has' }] });
  throw error;
}
