import { events, type Trail } from '../audit/index.ts';
import type { Clock, Log } from '../environment.ts';
import { holdAdministrators } from '../identity/directory/administrators.ts';
import { voidInvitations } from '../identity/directory/accounts.ts';
import { endSignIns } from '../identity/ending.ts';
import { endHalves } from '../identity/half-sign-in.ts';
import type { EndLeasesOf } from '../leases/index.ts';
import type { PolicySource } from '../policy/index.ts';
import { inTransaction, sql, type Database, type Transaction } from '../store/index.ts';

type UpkeepDeps = { readonly database: Database; readonly trail: Trail; readonly clock: Clock; readonly policy: PolicySource; readonly endLeasesOf: EndLeasesOf; readonly log: Log };
const BATCH = 100;
const SYSTEM = { kind: 'system' } as const;

/** Ends accounts of loaned staff (応援職員) at their time, with everything they hold, and tells beforehand. To be called every second; any number of processes may. */
export function createTermUpkeep(deps: UpkeepDeps): { run(): Promise<void> } {
  const { database, clock, policy, log } = deps;
  return {
    async run() {
      const now = clock.now();
      const over = await database.selectFrom('person').where('status', '=', 'active').where('ends_at', '<=', now).select(['id', 'organisation_id as organisationId']).orderBy('ends_at').limit(BATCH).execute();
      for (const person of over) await inTransaction(database, (transaction) => endAccount(transaction, deps, person)).catch((error: unknown) => log.error('an account could not be ended and will be tried again', { error }));
      const warnBefore = (await policy.current())?.loanedStaff?.warnBefore ?? [];
      if (warnBefore.length > 0) await inTransaction(database, (transaction) => warn(transaction, deps, warnBefore, now));
    },
  };
}

async function endAccount(transaction: Transaction, deps: UpkeepDeps, { id: personId, organisationId }: { id: string; organisationId: string }): Promise<void> {
  const { trail, clock, endLeasesOf } = deps;
  const now = clock.now();
  await holdAdministrators(transaction, organisationId);
  // Another process may have come first, or an administrator have given it longer.
  const ended = await transaction.updateTable('person').set({ status: 'disabled' }).where('id', '=', personId).where('status', '=', 'active').where('ends_at', '<=', now).returning('ends_at as endsAt').executeTakeFirst();
  if (!ended?.endsAt) return;
  await voidInvitations(transaction, personId, now);
  await endHalves(transaction, personId, 'account-disabled', now);
  await endSignIns(transaction, deps, { which: { personId }, why: 'account-disabled', by: SYSTEM });
  await endLeasesOf(transaction, { personId }, 'account-disabled', SYSTEM);
  const revoked = await transaction.deleteFrom('role_grant').where('person_id', '=', personId).returning(['role', 'unit_id as unitId']).execute();
  await trail.append(
    transaction,
    events.personTermOver({ actor: SYSTEM, organisationId, personId, endsAt: ended.endsAt.toISOString() }),
    ...revoked.map(({ role, unitId }) => events.roleRevoked({ actor: SYSTEM, organisationId, personId, role, unitId: unitId ?? undefined })),
  );
}

/** @param warnBefore seconds, the longest first; each is told once, and of several that are due at once the last alone */
async function warn(transaction: Transaction, { trail }: UpkeepDeps, warnBefore: readonly number[], now: Date): Promise<void> {
  const { rows } = await sql<{ id: string; organisationId: string; endsAt: Date; warnings: number }>`
    update person set end_warnings = due.warnings
    from (
      select person.id, (select count(*)::smallint from unnest(${[...warnBefore]}::integer[]) as before (seconds) where person.ends_at - make_interval(secs => before.seconds) <= ${now}) as warnings
      from person where person.status = 'active' and person.ends_at > ${now} and person.ends_at - make_interval(secs => ${warnBefore[0]!}) <= ${now} and person.end_warnings < ${warnBefore.length}
      order by person.id limit ${BATCH} for update skip locked
    ) as due
    where person.id = due.id and due.warnings > person.end_warnings
    returning person.id, person.organisation_id as "organisationId", person.ends_at as "endsAt", due.warnings`.execute(transaction);
  const told = rows.map(({ id, organisationId, endsAt, warnings }) => events.personTermNear({ actor: SYSTEM, organisationId, personId: id, endsAt: endsAt.toISOString(), secondsBefore: warnBefore[warnings - 1]! }));
  await trail.append(transaction, ...told);
}
