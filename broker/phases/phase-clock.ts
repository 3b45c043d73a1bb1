import { events, type Trail } from '../audit/index.ts';
import { readLevel } from '../continuity/in-force.ts';
import { raisedOrganisations } from '../continuity/level-clock.ts';
import type { Clock, Log } from '../environment.ts';
import type { PolicySource } from '../policy/index.ts';
import type { PriorityClass } from '../port.ts';
import { inTransaction, sql, type Database } from '../store/index.ts';
import { phaseOf } from './phase-of.ts';

export type PhaseClockDeps = { readonly database: Database; readonly trail: Trail; readonly clock: Clock; readonly policy: PolicySource; readonly log: Log };

/** What time does to duties: those whose time has come are told, once, whichever process comes first. */
export type PhaseClock = { /** To be called every few seconds. */ run(): Promise<void> };

export function createPhaseClock(deps: PhaseClockDeps): PhaseClock {
  const { database, policy, log } = deps;
  return {
    async run() {
      const rules = await policy.current();
      if (rules === undefined) return;
      for (const id of await raisedOrganisations(database)) {
        try {
          await tellDue(deps, id, rules);
        } catch (error) {
          log.error('what has become due in an organisation could not be told and will be tried again', { organisationId: id, error });
        }
      }
    },
  };
}

async function tellDue({ database, trail, clock }: PhaseClockDeps, organisationId: string, rules: Parameters<typeof phaseOf>[0]): Promise<void> {
  const now = clock.now();
  const level = await readLevel(database, organisationId, now);
  if (level.since === undefined || (level.level === '0' && level.provisional === undefined)) return;
  const { rows } = await sql<{ id: string; name: string; class: PriorityClass; target: string | null }>`
    select id, name, priority_class as class, target_seconds as target from duty where organisation_id = ${organisationId} and status = 'active' order by priority_class, name`.execute(database);
  const due = rows.flatMap((duty) => {
    const at = phaseOf(rules, level, { class: duty.class, targetSeconds: duty.target === null ? null : Number(duty.target) });
    return at === undefined || at > now ? [] : [{ ...duty, at }];
  });
  if (due.length === 0) return;
  const known = await database.selectFrom('duty_due').where('organisation_id', '=', organisationId).where('due_at', '>=', level.since).select(['duty_id', 'due_at']).execute();
  const told = new Set(known.map(({ duty_id: dutyId, due_at: at }) => `${dutyId} ${at.getTime()}`));
  const untold = due.filter(({ id, at }) => !told.has(`${id} ${at.getTime()}`));
  if (untold.length === 0) return;
  await inTransaction(database, async (transaction) => {
    const mine = await transaction
      .insertInto('duty_due')
      .values(untold.map(({ id, at }) => ({ duty_id: id, organisation_id: organisationId, due_at: at, told_at: now })))
      .onConflict((conflict) => conflict.doNothing())
      .returning('duty_id')
      .execute();
    const ids = new Set(mine.map(({ duty_id: id }) => id));
    await trail.append(transaction, ...untold.filter(({ id }) => ids.has(id)).map(({ id, name, class: priorityClass, at }) => events.dutyDue({ actor: { kind: 'system' }, organisationId, dutyId: id, duty: name, class: priorityClass, dueAt: at.toISOString() })));
  });
}
