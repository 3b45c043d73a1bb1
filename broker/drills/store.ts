import { readPolicy, readVersion, type Policy } from '../policy/index.ts';
import { Refusal, type Drill, type DrillResult, type Level } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import type { Act, AskedFor } from './act.ts';
import type { Setting } from './play.ts';

/** A drill as it is kept. */
export type StoredDrill = Setting & {
  readonly id: string;
  readonly number: number;
  readonly organisationId: string;
  readonly name: string;
  readonly policyVersion: string;
  readonly startedBy: string;
  readonly endsAt: Date;
  readonly endedAt: Date | null;
  readonly endedBecause: 'ended' | 'over' | null;
  readonly result: DrillResult | null;
  readonly levelNow: Level;
  readonly tookPart: number;
};

type Which = { readonly organisationId: string } & ({ readonly drillId: string } | { readonly running: true } | { readonly before: number | undefined; readonly limit: number });

/** Newest first. */
export async function readDrills(connection: Connection, which: Which): Promise<readonly StoredDrill[]> {
  const found = 'drillId' in which ? sql`drill.id = ${which.drillId}` : 'running' in which ? sql`drill.ended_at is null` : which.before === undefined ? sql`true` : sql`drill.number < ${which.before}`;
  const { rows } = await sql<Omit<StoredDrill, 'number'> & { number: string }>`
    select drill.id, drill.number, drill.organisation_id as "organisationId", organisation.name as "organisationName", drill.name, drill.event, drill.level, drill.seats, drill.pace, drill.turnout,
      drill.asks_within as "asksWithin", drill.seed, drill.roster, drill.policy_version as "policyVersion", person.display_name as "startedBy", drill.started_at as "startedAt", drill.ends_at as "endsAt",
      drill.ended_at as "endedAt", drill.ended_because as "endedBecause", drill.result,
      coalesce((select act.level from drill_act as act where act.drill_id = drill.id and act.kind = 'level' order by act.number desc limit 1), drill.level) as "levelNow",
      (select count(distinct act.person_id) from drill_act as act where act.drill_id = drill.id and act.kind = 'ask')::integer as "tookPart"
    from drill join organisation on organisation.id = drill.organisation_id join person on person.id = drill.started_by
    where drill.organisation_id = ${which.organisationId} and ${found}
    order by drill.number desc limit ${'limit' in which ? which.limit : 1}`.execute(connection);
  return rows.map((row) => ({ ...row, number: Number(row.number) }));
}

/** @throws Refusal `not-found` */
export async function readDrill(connection: Connection, organisationId: string, drillId: string): Promise<StoredDrill> {
  const [found] = await readDrills(connection, { organisationId, drillId });
  if (found === undefined) throw new Refusal('not-found');
  return found;
}

/** What was done in it since this number, in the order in which it counts. */
export async function readActs(connection: Connection, drillId: string, since: number): Promise<readonly Act[]> {
  const rows = await connection.selectFrom('drill_act').where('drill_id', '=', drillId).where('number', '>', String(since)).orderBy('number').select(['number', 'at', 'kind', 'person_id', 'asked', 'level']).execute();
  return rows.map(({ number, at, kind, person_id: personId, asked, level }): Act => {
    const common = { number: Number(number), at };
    if (kind === 'level' && level !== null) return { ...common, kind, level };
    if (kind === 'ask' && personId !== null && asked !== null) return { ...common, kind, personId, asked };
    return { ...common, kind: 'leave', personId: personId ?? '' };
  });
}

/** The act counts from now on: the database holds the drill until the transaction ends, and refuses where it is over. */
export async function writeAct(connection: Connection, { id, organisationId }: Pick<StoredDrill, 'id' | 'organisationId'>, act: { at: Date; kind: 'ask'; personId: string; asked: AskedFor } | { at: Date; kind: 'leave'; personId: string } | { at: Date; kind: 'level'; level: Level }): Promise<void> {
  await connection
    .insertInto('drill_act')
    .values({ drill_id: id, organisation_id: organisationId, at: act.at, kind: act.kind, person_id: 'personId' in act ? act.personId : null, asked: act.kind === 'ask' ? JSON.stringify(act.asked) : null, level: act.kind === 'level' ? act.level : null })
    .execute();
}

/** The policy that a drill began under, whatever is in force by now. */
export async function policyOf(connection: Connection, version: string): Promise<Policy> {
  const found = await readVersion(connection, version);
  if (found === undefined) throw new Error(`no policy ${version} is kept`);
  return readPolicy(Object.fromEntries(found.files.map(({ name, text }) => [name, Buffer.from(text)])));
}

export function viewOf({ id, name, event, level, levelNow, seats, pace, turnout, asksWithin, startedAt, startedBy, endsAt, endedAt, endedBecause, tookPart, result }: StoredDrill): Drill {
  return { id, name, event, level, levelNow, seats, pace, turnout, asksWithin, startedAt, startedBy, endsAt, tookPart, ...(endedAt && { endedAt }), ...(endedBecause && { endedBecause }), ...(result && { result }) };
}
