import { createNotes, events } from '../audit/index.ts';
import type { Policy } from '../policy/policy.ts';
import { inTransaction, sql, type Database } from '../store/index.ts';
import { readChain } from './chain.ts';
import type { Change } from './change.ts';
import type { ContinuityDeps } from './deps.ts';
import { holdLevel } from './hold.ts';
import { firstUnjustified, liesAhead } from './justified.ts';
import { owedAfter } from './owed.ts';
import { ClockUntrusted, createClockAlarm, trustedTime } from './trusted-time.ts';
import { warn } from './warnings.ts';
import { endExpired } from '../succession/deputies.ts';

/** How often a change that nothing justifies is told again by one process, in milliseconds. */
const ALARM_AGAIN = 60 * 60_000;

/** What time does to levels. Any number of processes may do it at once. */
export type LevelClock = {
  /** Lets levels fall and revert, warns before, and raises the alarm over what nothing justifies. To be called every second. */
  run(): Promise<void>;
};

export function createLevelClock(deps: ContinuityDeps): LevelClock {
  const { database, clock, policy, log } = deps;
  const alarm = createAlarm(deps);
  const clockAlarm = createClockAlarm(deps);
  return {
    async run() {
      // A clock that was set back lets nothing fall, and makes up no time.
      const untrusted = await trustedTime(database, deps).then(() => undefined, (error: unknown) => error);
      if (untrusted instanceof ClockUntrusted) return clockAlarm(untrusted);
      if (untrusted !== undefined) throw untrusted;
      await endExpiredDeputies(deps);
      const rules = await policy.current();
      for (const organisationId of await raisedOrganisations(database)) {
        try {
          const chain = await readChain(database, organisationId);
          const last = chain.at(-1);
          const wrong = firstUnjustified(chain) ?? (last !== undefined && liesAhead(last, clock.now()) ? last : undefined);
          if (wrong !== undefined) await alarm(organisationId, wrong);
          else if (last !== undefined && rules !== undefined) await tick(deps, { organisationId, last, rules });
        } catch (error) {
          if (error instanceof ClockUntrusted) await clockAlarm(error, organisationId);
          else log.error('the level of an organisation could not be looked after and will be tried again', { organisationId, error });
        }
      }
    },
  };
}

async function tick(deps: ContinuityDeps, { organisationId, last, rules }: { organisationId: string; last: Change; rules: Policy }): Promise<void> {
  const { database, trail, clock } = deps;
  const now = clock.now();
  if (owedAfter(last, rules.levels, now).length === 0) return warn(deps, { organisationId, last, rules, now });
  await inTransaction(database, async (transaction) => {
    const { written } = await holdLevel(transaction, deps, { organisationId, policy: rules });
    await trail.append(transaction, ...written);
  });
}

/** Whoever comes first writes it; what holds a right does not wait for it. */
async function endExpiredDeputies({ database, trail, clock }: ContinuityDeps): Promise<void> {
  const now = clock.now();
  const over = await database.selectFrom('deputyship').where('ended_at', 'is', null).where('until', '<=', now).select('id').execute();
  for (const { id } of over) {
    await inTransaction(database, async (transaction) => {
      const found = await transaction.selectFrom('deputyship').where('id', '=', id).where('ended_at', 'is', null).select(['id', 'organisation_id as organisationId', 'deputy_id as deputyId', 'until']).forUpdate().skipLocked().executeTakeFirst();
      if (found !== undefined) await trail.append(transaction, await endExpired(transaction, found.organisationId, found));
    });
  }
}

/** Those whose newest change gives anybody more than level 0. */
export async function raisedOrganisations(database: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select organisation.id from organisation
    join lateral (select level, base_level from level_change where organisation_id = organisation.id order by number desc limit 1) as newest on newest.level <> '0' or newest.base_level <> '0'
    order by organisation.id`.execute(database);
  return rows.map(({ id }) => id);
}

function createAlarm({ database, trail, clock, log }: ContinuityDeps) {
  const { note } = createNotes({ database, trail, log });
  const told = new Map<string, number>();
  return async (organisationId: string, { id: changeId, number, level, how }: Change) => {
    const now = clock.now().getTime();
    if (now - (told.get(changeId) ?? -Infinity) < ALARM_AGAIN) return;
    told.set(changeId, now);
    log.error('a change of level that nothing justifies stands in the database and raises nothing', { organisationId, kind: how });
    await note(events.levelUnjustified({ actor: { kind: 'system' }, organisationId, changeId, number, level, how }));
  };
}
