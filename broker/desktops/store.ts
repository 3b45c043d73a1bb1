import { Refusal } from '../port.ts';
import { sql, type Database, type Transaction } from '../store/index.ts';
import type { DesktopRecord, OfDesktop } from './record.ts';

/** A desktop of the organisation, held still: admissions to it wait. Throws `not-found`. */
export async function holdDesktop(transaction: Transaction, { organisationId, desktopId }: OfDesktop) {
  const found = await transaction
    .selectFrom('desktop')
    .where('id', '=', desktopId)
    .where('organisation_id', '=', organisationId)
    .select(['status', 'credentials', 'pool_id as poolId'])
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (found === undefined) throw new Refusal('not-found', { fields: [{ path: 'desktopId', expected: 'a desktop of the organisation' }] });
  return found;
}

/** False when it already was so. */
export async function setStatus(transaction: Transaction, of: OfDesktop, status: 'active' | 'disabled'): Promise<boolean> {
  if ((await holdDesktop(transaction, of)).status === status) return false;
  await transaction.updateTable('desktop').set({ status }).where('id', '=', of.desktopId).execute();
  return true;
}

/** Throws `not-found` with the field that names nothing in the organisation. */
export async function mustExist(transaction: Transaction, organisationId: string, desktopId: string, personId: string): Promise<void> {
  const desktop = await transaction.selectFrom('desktop').where('id', '=', desktopId).where('organisation_id', '=', organisationId).select('id').executeTakeFirst();
  const person = await transaction.selectFrom('person').where('id', '=', personId).where('organisation_id', '=', organisationId).select('id').executeTakeFirst();
  const fields = [
    ...(desktop ? [] : [{ path: 'desktopId', expected: 'a desktop of the organisation' }]),
    ...(person ? [] : [{ path: 'personId', expected: 'a person of the organisation' }]),
  ];
  if (fields.length > 0) throw new Refusal('not-found', { fields });
}

/** The organisation's desktops by name, each with the usernames it is assigned to. */
export async function readDesktops(database: Database, organisationId: string): Promise<DesktopRecord[]> {
  return database
    .selectFrom('desktop')
    .leftJoin('pool', 'pool.id', 'desktop.pool_id')
    .where('desktop.organisation_id', '=', organisationId)
    .select(['desktop.id', 'desktop.name', 'protocol', 'host', 'port', 'desktop.status', 'weight', 'kind', 'sessions', 'pool.name as pool', 'credentials', 'parameters'])
    .select(
      sql<string[]>`array(select person.username from desktop_assignment join person on person.id = desktop_assignment.person_id where desktop_assignment.desktop_id = desktop.id order by person.username)`.as('assignedTo'),
    )
    .orderBy('desktop.name')
    .execute();
}
