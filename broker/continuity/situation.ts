import { asOf, authorise, may } from '../authorization/index.ts';
import { seatLimitsFor, type Policy } from '../policy/index.ts';
import type { Continuity, Level, LevelInForce, PriorityClass, SignedIn, Situation, Zone } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import { readChain } from './chain.ts';
import type { ContinuityDeps } from './deps.ts';
import { later } from './falls.ts';
import { levelAfter } from './in-force.ts';
import { LEVELS } from './levels.ts';
import { isOpen, viewOf } from './open-proposal.ts';
import { readPendingProposals } from './proposals.ts';

/** How far back those who were turned away are counted, in seconds. */
const TURNED_AWAY_WITHIN = 3_600;
/** The reasons of admission that a free seat or another level would take away. */
const FOR_WANT_OF_SEAT_OR_LEVEL = ['no-seat-free', 'seats-reserved', 'pool-exhausted', 'desktop-in-use', 'residual-session', 'level-too-low', 'class-suspended', 'registered-device-required'];

export function createSituation({ database, clock, policy }: ContinuityDeps): Continuity['situation'] {
  return async (person) => {
    const now = clock.now();
    const holder = asOf(person, now);
    authorise(holder, 'level.view');
    const { organisationId, personId } = person;
    const rules = await policy.current();
    const chain = await readChain(database, organisationId);
    const inForce = levelAfter(chain, now);
    const provisional = inForce.provisional && { proposalId: chain.at(-1)?.proposalId ?? null, until: inForce.provisional.until };
    const circumstances = { standing: { level: inForce.level, until: inForce.until }, provisional, now };
    const pending = await readPendingProposals(database, { organisationId, now, provisionalId: provisional?.proposalId ?? undefined });
    const propose = may(person, 'level.propose');
    return {
      inForce,
      proposals: pending.filter((proposal) => isOpen(proposal, circumstances)).map((proposal) => viewOf(proposal, personId, provisional)),
      may: { propose, approve: may(holder, 'level.approve'), tighten: may(person, 'level.tighten'), provisional: propose },
      expiresAfter: Object.fromEntries(LEVELS.map((level) => [level, rules?.levels[level].expiresAfter ?? null])) as Record<Level, number | null>,
      seats: await readSeats(database, person, rules),
      duties: await readDuties(database, { organisationId, now, inForce, rules }),
    };
  };
}

async function readSeats(connection: Connection, { organisationId, organisationName }: SignedIn, rules: Policy | undefined): Promise<Situation['seats']> {
  const { rows: taken } = await sql<{ total: string; own: string }>`
    select coalesce(sum(weight), 0) as total, coalesce(sum(weight) filter (where organisation_id = ${organisationId}), 0) as own from lease where state <> 'ended'`.execute(connection);
  const { rows: pools } = await sql<{ name: string; seats: number; taken: string }>`
    select name, seats, coalesce((select sum(weight) from lease where pool_id = pool.id and state <> 'ended'), 0) as taken
    from pool where organisation_id = ${organisationId} and status = 'active' and seats is not null order by name`.execute(connection);
  const limits = rules === undefined ? [] : seatLimitsFor(rules, organisationName);
  return [
    ...limits.map(({ scope, seats }) => ({ scope, seats, taken: Number((scope === 'total' ? taken[0]?.total : taken[0]?.own) ?? 0) })),
    ...pools.map((pool) => ({ scope: 'pool' as const, name: pool.name, seats: pool.seats, taken: Number(pool.taken) })),
  ];
}

type DutyRow = { dutyId: string; name: string; class: PriorityClass; zone: Zone; target: string | null; people: string; sessions: string; turned_away: string };

async function readDuties(
  connection: Connection,
  { organisationId, now, inForce, rules }: { organisationId: string; now: Date; inForce: LevelInForce; rules: Policy | undefined },
): Promise<Situation['duties']> {
  const { rows } = await sql<DutyRow>`
    select duty.id as "dutyId", duty.name, duty.priority_class as class, duty.zone, duty.target_seconds as target,
      (select count(*) from duty_assignment as held join person on person.id = held.person_id where held.duty_id = duty.id and person.status = 'active') as people,
      (select count(*) from lease where lease.duty_id = duty.id and state <> 'ended') as sessions,
      coalesce(turned.away, 0) as turned_away
    from duty
    left join (
      select duty_id, count(*) as away from admission_decision
      where organisation_id = ${organisationId} and at > ${later(now, -TURNED_AWAY_WITHIN)} and outcome <> 'admit' and reasons && ${FOR_WANT_OF_SEAT_OR_LEVEL}::text[]
      group by duty_id
    ) as turned on turned.duty_id = duty.id
    where duty.organisation_id = ${organisationId} and duty.status = 'active'
    order by duty.priority_class, duty.name`.execute(connection);
  return rows.map(({ target, turned_away: turnedAway, ...duty }) => {
    const seconds = target === null ? rules?.classes[duty.class].target : Number(target);
    const dueAt = inForce.onset === undefined || seconds === undefined ? undefined : later(inForce.onset, seconds);
    return { ...duty, people: Number(duty.people), sessions: Number(duty.sessions), turnedAway: Number(turnedAway), ...(dueAt && { dueAt }) };
  });
}
