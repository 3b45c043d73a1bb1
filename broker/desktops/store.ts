import { Refusal } from '../port.ts';
import type { Database, Transaction } from '../store/index.ts';
import type { DesktopRecord } from './record.ts';

/** False when it already was so. */
export async function setStatus(transaction: Transaction, organisationId: string, desktopId: string, status: 'active' | 'disabled'): Promise<boolean> {
  const found = await transaction.selectFrom('desktop').where('id', '=', desktopId).where('organisation_id', '=', organisationId).select('status').forNoKeyUpdate().executeTakeFirst();
  if (found === undefined) throw new Refusal('not-found', { fields: [{ path: 'desktopId', expected: 'a desktop of the organisation' }] });
  if (found.status === status) return false;
  await transaction.updateTable('desktop').set({ status }).where('id', '=', desktopId).execute();
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
  const rows = await database
    .selectFrom('desktop')
    .leftJoin('desktop_assignment', 'desktop_assignment.desktop_id', 'desktop.id')
    .leftJoin('person', 'person.id', 'desktop_assignment.person_id')
    .where('desktop.organisation_id', '=', organisationId)
    .select(['desktop.id', 'desktop.name', 'protocol', 'host', 'port', 'desktop.status', 'weight', 'credentials', 'parameters', 'person.username'])
    .orderBy('desktop.name')
    .orderBy('person.username')
    .execute();
  const records = new Map<string, DesktopRecord & { assignedTo: string[] }>();
  for (const { username, ...row } of rows) {
    const record = records.get(row.id) ?? { ...row, assignedTo: [] };
    if (username !== null) record.assignedTo.push(username);
    records.set(row.id, record);
  }
  return [...records.values()];
}
