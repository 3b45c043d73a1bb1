import { readLevel } from '../../continuity/in-force.ts';
import type { SignInLimitRules } from '../../policy/index.ts';
import type { LevelInForce, Role } from '../../port.ts';
import { inTransaction, sql, type Database } from '../../store/index.ts';
import type { SignInsDeps } from '../deps.ts';
import { endSignIns } from '../ending.ts';
import { endOf, limitsOf, longestLimitsOf } from './limits.ts';
import type { LimitRules } from './rules.ts';

export type ReviewDeps = SignInsDeps & { readonly limitRules: LimitRules };

/**
 * Applies policy, level and roles as they are now to sign-ins that stand: their limits, and how many of one person stand. Without a
 * policy they keep what they have: a slip of the hand in a file sends nobody away. To be called every second; any number of
 * processes may.
 */
export async function reviewLimits(deps: ReviewDeps): Promise<void> {
  const { database, clock, limitRules } = deps;
  const rules = await limitRules.look();
  if (rules === undefined) return;
  const now = clock.now();
  const levels = new Map<string, LevelInForce>();
  for (const own of Map.groupBy(await readStanding(database), (row) => row.personId).values()) {
    const { organisationId } = own[0]!;
    const level = levels.get(organisationId) ?? (await readLevel(database, organisationId, now));
    levels.set(organisationId, level);
    await apply(deps, rules, { level, now, own });
  }
}

type Row = { id: string; personId: string; organisationId: string; at: Date; expiresAt: Date; endsBy: Date | null; idle: number; warn: number; roles: Role[] };

/** Newest first of each person. */
async function readStanding(database: Database): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select s.id, s.person_id as "personId", p.organisation_id as "organisationId", s.at, s.expires_at as "expiresAt", s.ends_by as "endsBy", s.idle_seconds as idle, s.warn_seconds as warn,
      array(select distinct role from role_grant where role_grant.person_id = p.id) as roles
    from sign_in s join person p on p.id = s.person_id where s.ended_at is null order by s.at desc, s.id desc`.execute(database);
  return rows;
}

async function apply(deps: SignInsDeps, rules: SignInLimitRules, { level, now, own }: { level: LevelInForce; now: Date; own: readonly Row[] }): Promise<void> {
  const { database } = deps;
  const { roles } = own[0]!;
  const limits = limitsOf(rules, roles, level.level);
  const longest = longestLimitsOf(rules, roles);
  const { warnBefore } = rules;
  for (const row of own.slice(limits.atOnce)) await inTransaction(database, (transaction) => endSignIns(transaction, deps, { which: { signInId: row.id }, why: 'too-many', by: { kind: 'system' } }));
  for (const row of own.slice(0, limits.atOnce)) {
    const expiresAt = endOf(row, { limits, longest, warnBefore }, now);
    if (expiresAt.getTime() === row.expiresAt.getTime() && limits.idle === row.idle && warnBefore === row.warn) continue;
    await database.updateTable('sign_in').set({ expires_at: expiresAt, idle_seconds: limits.idle, warn_seconds: warnBefore }).where('id', '=', row.id).where('ended_at', 'is', null).execute();
  }
}
