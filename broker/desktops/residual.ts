import { events } from '../audit/index.ts';
import { SILENCE_SECONDS, type By } from '../leases/index.ts';
import { Refusal } from '../port.ts';
import { sql, type Connection, type Transaction } from '../store/index.ts';
import { circumstances } from './by.ts';
import type { DesktopsAdminDeps, OfDesktop } from './record.ts';
import { holdDesktop } from './store.ts';

type Deps = Pick<DesktopsAdminDeps, 'trail' | 'clock'>;
const IN_USE = new Refusal('conflict', { fields: [{ path: 'desktopId', expected: 'a desktop that the person has left: their session is open' }] });

/** The person has a lease there, or the relay of one that has ended still has to be ended by a process that lives. */
const isOpen = sql<boolean>`exists (
  select from lease where lease.desktop_id = residual.desktop_id and lease.person_id = residual.person_id
    and (lease.state <> 'ended' or (not lease.relay_settled and exists (
      select from gateway_process as process where process.id = lease.gateway_id and process.seen_at > clock_timestamp() - make_interval(secs => ${SILENCE_SECONDS})))))`;

/** OS sessions that live on, the oldest first; of one desktop, or of all of the organisation. */
export async function readResidual(connection: Connection, { organisationId, desktopId }: { organisationId: string; desktopId?: string }) {
  return connection
    .selectFrom('residual_session as residual')
    .innerJoin('person', 'person.id', 'residual.person_id')
    .innerJoin('desktop', 'desktop.id', 'residual.desktop_id')
    .where('residual.organisation_id', '=', organisationId)
    .where('residual.ended_at', 'is', null)
    .$if(desktopId !== undefined, (query) => query.where('residual.desktop_id', '=', desktopId!))
    .select(['residual.id', 'desktop.name as desktop', 'person.username', 'person.display_name as displayName', 'residual.began_at as beganAt'])
    .select(isOpen.as('open'))
    .orderBy('residual.began_at')
    .orderBy('residual.id')
    .execute();
}

/**
 * The desktop was cleaned up: nothing of anybody who left is there any more. Sessions of those who are connected or may come
 * back go on. @returns how many had lived on. Throws `conflict` where all of them are open.
 */
export async function reportCleaned(transaction: Transaction, deps: Deps, of: OfDesktop, by: By): Promise<number> {
  await holdDesktop(transaction, of);
  const living = await readResidual(transaction, of);
  const left = living.filter(({ open }) => !open);
  if (left.length === 0 && living.length > 0) throw IN_USE;
  for (const { id } of left) await end(transaction, deps, { ...of, residualId: id }, 'cleaned-up', by);
  return left.length;
}

/** The administrator answers for it that the session was ended at the desktop. Throws `not-found`, `conflict` while the person's session is open. */
export async function endResidual(transaction: Transaction, deps: Deps, of: OfDesktop & { readonly residualId: string; readonly reason: string }, by: By): Promise<void> {
  await holdDesktop(transaction, of);
  const found = (await readResidual(transaction, of)).find(({ id }) => id === of.residualId);
  if (found === undefined) throw new Refusal('not-found');
  if (found.open) throw IN_USE;
  await end(transaction, deps, of, 'ended-by-administrator', by, of.reason);
}

async function end(transaction: Transaction, { trail, clock }: Deps, { organisationId, desktopId, residualId }: OfDesktop & { residualId: string }, why: 'cleaned-up' | 'ended-by-administrator', by: By, reason?: string): Promise<void> {
  const { personId } = await transaction
    .updateTable('residual_session')
    .set({ ended_at: clock.now(), ended_because: why })
    .where('id', '=', residualId)
    .returning('person_id as personId')
    .executeTakeFirstOrThrow();
  await trail.append(transaction, events.residualEnded({ ...circumstances(by, organisationId), residualId, desktopId, personId, why, reason }));
}
