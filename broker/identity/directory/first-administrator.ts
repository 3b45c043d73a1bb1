import { inTransaction, sql } from '../../store/index.ts';
import type { DirectoryDeps } from './deps.ts';
import { issue, type IssuedInvitation } from './inviting.ts';
import { insertOrganisation, insertUnit } from './organisations.ts';
import { insertPerson } from './people.ts';

/** For the advisory lock: an arbitrary number. */
const FIRST = 7_305_120;
const USERNAME = 'admin';

export type FirstAdministrator = IssuedInvitation & { readonly username: string };

/**
 * Makes an organisation, a unit and their administrator when the database knows nobody yet.
 * @returns the administrator's invitation; undefined when there is somebody. Of several processes at once, one gets it.
 */
export function createFirstAdministrator(deps: DirectoryDeps) {
  return ({ organisationName = '団体', unitName = '情報システム担当' }: { organisationName?: string; unitName?: string } = {}): Promise<FirstAdministrator | undefined> =>
    inTransaction(deps.database, async (transaction) => {
      await sql`select pg_advisory_xact_lock(${FIRST})`.execute(transaction);
      if (await transaction.selectFrom('person').select('id').limit(1).executeTakeFirst()) return undefined;

      const found = await transaction.selectFrom('organisation').select('id').orderBy('created_at').limit(1).executeTakeFirst();
      const organisation = found ?? (await insertOrganisation(transaction, deps, { name: organisationName }));
      const place = await transaction.selectFrom('unit').where('organisation_id', '=', organisation.id).select('id').orderBy('created_at').limit(1).executeTakeFirst();
      const unit = place ?? (await insertUnit(transaction, deps, { organisationId: organisation.id, name: unitName }));
      const person = await insertPerson(transaction, deps, {
        organisationId: organisation.id,
        unitId: unit.id,
        username: USERNAME,
        displayName: 'システム管理者',
        roles: ['system-admin'],
      });
      return { ...(await issue(transaction, deps, { personId: person.id })), username: person.username };
    });
}
