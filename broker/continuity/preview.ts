import { asOf, authorise } from '../authorization/index.ts';
import { Refusal, type Continuity, type PriorityClass, type SignedIn, type Site, type Zone } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import type { ContinuityDeps } from './deps.ts';
import { effectOf, type Office } from './effect.ts';
import { later, untilOf } from './falls.ts';
import { readLevelName } from './given.ts';
import { readLevel } from './in-force.ts';
import { LONGEST_PROVISIONAL } from './justified.ts';

/** What a level would do, before anybody presses anything. */
export function createPreview({ database, clock, policy }: ContinuityDeps): Continuity['preview'] {
  return async ({ person, level, provisional }) => {
    authorise(asOf(person, clock.now()), 'level.view');
    readLevelName(level);
    const rules = await policy.current();
    if (rules === undefined) throw new Refusal('policy-missing');
    const at = clock.now();
    const now = await readLevel(database, person.organisationId, at);
    const whole = untilOf(rules.levels, level, at);
    const short = later(at, Math.min(rules.durations.provisional, LONGEST_PROVISIONAL / 1000));
    const until = provisional ? short : whole;
    const then = provisional ? { ...now, provisional: { level, until: short } } : { number: now.number + 1, level, since: at, ...(whole && { until: whole }) };
    const graceSeconds = rules.levels[level].grace;
    return { level, ...(until && { until }), graceSeconds, ...effectOf(rules, await readOffice(database, person), now, then) };
  };
}

async function readOffice(connection: Connection, { organisationId, organisationName }: SignedIn): Promise<Office> {
  const { rows: duties } = await sql<{ id: string; name: string; class: PriorityClass; zone: Zone; people: string[] }>`
    select duty.id, duty.name, duty.priority_class as class, duty.zone,
      array(select person.id::text from duty_assignment as held join person on person.id = held.person_id where held.duty_id = duty.id and person.status = 'active') as people
    from duty where duty.organisation_id = ${organisationId} and duty.status = 'active' order by duty.priority_class, duty.name`.execute(connection);
  const { rows: sessions } = await sql<{ name: string; class: PriorityClass; zone: Zone; site: Site }>`
    select duty.name, duty.priority_class as class, duty.zone, lease.site from lease join duty on duty.id = lease.duty_id
    where lease.organisation_id = ${organisationId} and lease.state <> 'ended'`.execute(connection);
  return { organisationName, duties, sessions: sessions.map(({ site, ...duty }) => ({ duty, site })) };
}
