import { randomUUID } from 'node:crypto';
import { sql, type Database } from '../../broker/store/index.ts';
import type { Town } from './town.ts';

export type LevelRow = { how: string; level: string; base?: string; until?: Date | null; since?: Date; baseUntil?: Date; by?: string | null; proposalId?: string | null; number?: number };

/** Past every rule of the broker. */
export async function insertChange(database: Database, { organisation, clock, proposer, changes }: Town, { how, level, base = level, since = clock.now(), until = null, baseUntil, by = proposer.personId, proposalId = null, number }: LevelRow) {
  const next = number ?? (await changes()).length + 1;
  await sql`
    insert into level_change (id, organisation_id, number, level, base_level, how, proposal_id, acted_by, reason, since, until, base_until)
    values (${randomUUID()}, ${organisation.id}, ${next}, ${level}, ${base}, ${how}, ${proposalId}, ${by}, '地震', ${since}, ${until}, ${baseUntil ?? null})`.execute(database);
}
