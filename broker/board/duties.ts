import type { Policy } from '../policy/index.ts';
import type { BoardDuty, LevelInForce, PriorityClass, SignedIn } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import type { Queue } from '../waiting/outlook.ts';

type Row = { id: string; name: string; class: PriorityClass; target: string | null; people: number; sessions: number; first: Date | null; asked: boolean };

/** Each duty against its target time: whether somebody who does it could work by then. */
export async function readDuties(
  connection: Connection,
  { person, queue, rules, inForce: { onset }, now }: { person: SignedIn; queue: Queue; rules: Policy; inForce: LevelInForce; now: Date },
): Promise<BoardDuty[]> {
  const since = onset ?? now;
  const { rows } = await sql<Row>`
    select duty.id, duty.name, duty.priority_class as class, duty.target_seconds as target,
      (select count(*) from duty_assignment where duty_assignment.duty_id = duty.id)::integer as people,
      (select count(*) from lease where lease.duty_id = duty.id and lease.state <> 'ended')::integer as sessions,
      (select min(lease.granted_at) from lease where lease.duty_id = duty.id and lease.granted_at >= ${since}) as first,
      exists (select from admission_decision as decision where decision.duty_id = duty.id and decision.organisation_id = duty.organisation_id and decision.at >= ${since}) as asked
    from duty where duty.organisation_id = ${person.organisationId} and duty.status = 'active' order by duty.priority_class, duty.name`.execute(connection);
  const waiting = queue.state.waiting.filter(({ organisationId }) => organisationId === person.organisationId);
  return rows.map(({ id, target, first, asked, ...duty }) => {
    const own = waiting.filter(({ dutyId }) => dutyId === id);
    const since = Math.min(...own.map(({ arrivedAt }) => arrivedAt.getTime()));
    const targetAt = onset && new Date(onset.getTime() + (target === null ? rules.classes[duty.class].target : Number(target)) * 1000);
    return {
      dutyId: id,
      ...duty,
      waiting: own.length,
      ...(own.length > 0 && { longestWait: Math.max(0, Math.round((now.getTime() - since) / 1000)) }),
      ...(targetAt && { targetAt }),
      ...(onset && first && { firstAdmittedAt: first }),
      standing: standingOf({ targetAt, first: onset ? first : null, asked: asked || own.length > 0, now }),
    };
  });
}

/** A duty that nobody asked for has missed nothing yet. */
function standingOf({ targetAt, first, asked, now }: { targetAt: Date | undefined; first: Date | null; asked: boolean; now: Date }): BoardDuty['standing'] {
  if (targetAt === undefined || (first === null && !asked)) return 'not-asked-for';
  // What is due at once is met by whoever is let in within the minute in which a person can be.
  const by = targetAt.getTime() + IMMEDIATELY;
  if (first !== null) return first.getTime() <= by ? 'met' : 'missed';
  return now.getTime() <= by ? 'running' : 'missed';
}

/** Milliseconds within which something is immediate. */
const IMMEDIATELY = 60_000;
