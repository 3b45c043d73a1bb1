import type { Log } from '../environment.ts';
import { inTransaction, sql } from '../store/index.ts';
import type { DutiesDeps } from './deps.ts';
import { endDelegation } from './end-delegation.ts';

const BATCH = 100;

/** Ends delegations whose time is over, and those that lost what they rest on: the delegator's duty or account, the delegate's account. To be called every second; any number of processes may. */
export function createDelegationUpkeep(deps: Pick<DutiesDeps, 'database' | 'trail' | 'clock' | 'endLeasesOf'> & { readonly log: Log }): { run(): Promise<void> } {
  const { database, clock, log } = deps;
  return {
    async run() {
      const now = clock.now();
      const { rows } = await sql<{ id: string; over: boolean }>`
        select delegation.id, delegation.ends_at <= ${now} as over
        from delegation
        join person as giver on giver.id = delegation.delegator_id
        join person as taker on taker.id = delegation.delegate_id
        left join duty_assignment on duty_assignment.person_id = delegation.delegator_id and duty_assignment.duty_id = delegation.duty_id
        where delegation.ended_at is null and (delegation.ends_at <= ${now} or duty_assignment.person_id is null or giver.status <> 'active' or taker.status <> 'active')
        order by delegation.ends_at limit ${BATCH}`.execute(database);
      for (const { id, over } of rows) {
        await inTransaction(database, (transaction) => endDelegation(transaction, deps, { id, why: over ? 'over' : 'no-longer-held' })).catch((error: unknown) => log.error('a delegation could not be ended and will be tried again', { error }));
      }
    },
  };
}
