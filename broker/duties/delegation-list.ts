import { Refusal, type Delegation, type PriorityClass, type Zone } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';

type Condition = ReturnType<typeof sql>;

/** Delegations that the condition finds, the latest first. Give it as columns of `delegation`. */
export async function readDelegations(connection: Connection, condition: Condition, limit: number, now: Date): Promise<readonly Delegation[]> {
  const { rows } = await sql<Row>`
    select delegation.id, delegation.reason, delegation.made_at as "madeAt", delegation.begins_at as "beginsAt", delegation.ends_at as "endsAt", delegation.ended_at as "endedAt", delegation.ended_because as "endedBecause",
      duty.id as "dutyId", duty.name as "dutyName", duty.priority_class as class, duty.zone, maker.display_name as "madeBy",
      giver.id as "fromId", giver.display_name as "fromName", giver_unit.name as "fromUnit", taker.id as "toId", taker.display_name as "toName", taker_unit.name as "toUnit"
    from delegation
    join duty on duty.id = delegation.duty_id
    join person as giver on giver.id = delegation.delegator_id
    join unit as giver_unit on giver_unit.id = giver.unit_id
    join person as taker on taker.id = delegation.delegate_id
    join unit as taker_unit on taker_unit.id = taker.unit_id
    join person as maker on maker.id = delegation.made_by
    where ${condition}
    order by delegation.made_at desc, delegation.id desc limit ${limit}`.execute(connection);
  return rows.map((row) => delegationOf(row, now));
}

/** Throws `not-found`. */
export async function readDelegation(connection: Connection, id: string, now: Date): Promise<Delegation> {
  const [found] = await readDelegations(connection, sql`delegation.id = ${id}`, 1, now);
  if (found === undefined) throw new Refusal('not-found');
  return found;
}

type Row = Pick<Delegation, 'id' | 'reason' | 'madeAt' | 'beginsAt' | 'endsAt' | 'madeBy'> & {
  readonly endedAt: Date | null;
  readonly endedBecause: NonNullable<Delegation['endedBecause']> | null;
  readonly dutyId: string;
  readonly dutyName: string;
  readonly class: PriorityClass;
  readonly zone: Zone;
  readonly fromId: string;
  readonly fromName: string;
  readonly fromUnit: string;
  readonly toId: string;
  readonly toName: string;
  readonly toUnit: string;
};

/** One that is over has ended, whether or not the clock has written it yet. */
function delegationOf({ dutyId, dutyName, class: priorityClass, zone, fromId, fromName, fromUnit, toId, toName, toUnit, endedAt, endedBecause, ...row }: Row, now: Date): Delegation {
  const state = endedAt !== null || row.endsAt <= now ? 'ended' : row.beginsAt <= now ? 'running' : 'to-come';
  return {
    ...row,
    duty: { id: dutyId, name: dutyName, class: priorityClass, zone },
    from: { id: fromId, displayName: fromName, unitName: fromUnit },
    to: { id: toId, displayName: toName, unitName: toUnit },
    state,
    ...(state === 'ended' && { endedAt: endedAt ?? row.endsAt, endedBecause: endedBecause ?? 'over' }),
  };
}
