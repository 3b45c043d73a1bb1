import type { BoardPreemption, PriorityClass, SignedIn } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';

/** Those that are over are shown for so long, in milliseconds. */
const SHOWN_AFTER = 3_600_000;

/** Sessions of the organisation that yield or have yielded, newest first: duties, never people. */
export async function readPreemptions(connection: Connection, { person, now }: { person: SignedIn; now: Date }): Promise<BoardPreemption[]> {
  const { rows } = await sql<{ id: string; duty: string; class: PriorityClass; for_duty: string; for_class: PriorityClass; noticed: Date; ends: Date; extended: boolean; outcome: Exclude<BoardPreemption['outcome'], 'running'> | null }>`
    select preemption.id, duty.name as duty, preemption.class, needing.name as for_duty, preemption.for_class,
      preemption.noticed_at as noticed, preemption.ends_at as ends, preemption.extended_at is not null as extended, preemption.outcome
    from preemption
    join lease on lease.id = preemption.lease_id
    join duty on duty.id = lease.duty_id
    join waiting on waiting.id = preemption.waiting_id
    join duty as needing on needing.id = waiting.duty_id
    where ${person.organisationId} in (preemption.organisation_id, waiting.organisation_id)
      and (preemption.outcome is null or preemption.closed_at > ${new Date(now.getTime() - SHOWN_AFTER)})
    order by preemption.noticed_at desc, preemption.id limit 100`.execute(connection);
  return rows.map((row) => ({
    id: row.id,
    dutyName: row.duty,
    class: row.class,
    forDutyName: row.for_duty,
    forClass: row.for_class,
    noticedAt: row.noticed,
    endsAt: row.ends,
    extended: row.extended,
    outcome: row.outcome ?? 'running',
  }));
}
