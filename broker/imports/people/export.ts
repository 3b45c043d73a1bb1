import type { Reach } from '../../authorization/index.ts';
import type { Language, Role } from '../../port.ts';
import { sql, type Connection } from '../../store/index.ts';
import { LANGUAGE, ROLE, sayWord, STATUS } from '../words.ts';
import { sayEnd } from './end-time.ts';
import { readUnitPaths } from '../unit-paths.ts';

/** People read at once. */
const PIECE = 1_000;

/** The people of the reach in the columns of an import, by username. */
export async function* peopleRows(connection: Connection, { organisationId, units }: Reach, language: Language): AsyncGenerator<readonly string[]> {
  const paths = new Map((await readUnitPaths(connection, organisationId)).map(({ id, path }) => [id, path]));
  const within = units === 'all' ? sql`true` : sql`p.unit_id = any (${[...units]}::uuid[])`;
  for (let after = ''; ; ) {
    const { rows } = await sql<Row>`
      select p.username, p.display_name as "displayName", p.unit_id as "unitId", p.language, p.status, p.ends_at as "endsAt", p.loaned_from as "loanedFrom",
        array(select role from role_grant where person_id = p.id and unit_id is null and provider is null order by role) as roles,
        array(select duty.name from duty_assignment join duty on duty.id = duty_assignment.duty_id where duty_assignment.person_id = p.id order by duty.name) as duties
      from person p where p.organisation_id = ${organisationId} and p.username > ${after} and ${within}
      order by p.username limit ${PIECE}`.execute(connection);
    for (const { username, displayName, unitId, language: theirs, roles, duties, status, endsAt, loanedFrom } of rows) {
      yield [
        username,
        displayName,
        paths.get(unitId) ?? '',
        sayWord(LANGUAGE, theirs, language),
        roles.map((role) => sayWord(ROLE, role, language)).join(';'),
        duties.join(';'),
        sayWord(STATUS, status, language),
        endsAt === null ? '' : sayEnd(endsAt),
        loanedFrom ?? '',
      ];
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PIECE) return;
    after = last.username;
  }
}

type Row = { username: string; displayName: string; unitId: string; language: Language; status: 'active' | 'disabled'; roles: Role[]; duties: string[]; endsAt: Date | null; loanedFrom: string | null };
