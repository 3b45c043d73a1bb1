import type { Reach } from '../../authorization/index.ts';
import type { Language, Protocol } from '../../port.ts';
import { sql, type Connection } from '../../store/index.ts';
import { CREDENTIALS, KIND, PROTOCOL, sayWord, STATUS } from '../words.ts';

/** Desktops read at once. */
const PIECE = 1_000;

/** The organisation's desktops in the columns of an import, by name. */
export async function* desktopRows(connection: Connection, { organisationId }: Reach, language: Language): AsyncGenerator<readonly string[]> {
  for (let after = ''; ; ) {
    const { rows } = await sql<Row>`
      select desktop.name, protocol, host, port, kind, sessions, weight, pool.name as pool, credentials, desktop.status,
        array(select person.username from desktop_assignment join person on person.id = desktop_assignment.person_id where desktop_assignment.desktop_id = desktop.id order by person.username) as "assignedTo"
      from desktop left join pool on pool.id = desktop.pool_id
      where desktop.organisation_id = ${organisationId} and desktop.name > ${after}
      order by desktop.name limit ${PIECE}`.execute(connection);
    for (const { name, protocol, host, port, kind, sessions, weight, pool, credentials, assignedTo, status } of rows) {
      yield [
        name,
        sayWord(PROTOCOL, protocol, language),
        host,
        String(port),
        sayWord(KIND, kind, language),
        String(sessions),
        String(weight),
        pool ?? '',
        sayWord(CREDENTIALS, credentials === 'stored' ? 'keep' : 'ask', language),
        assignedTo.join(';'),
        sayWord(STATUS, status, language),
      ];
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PIECE) return;
    after = last.name;
  }
}

type Row = {
  name: string;
  protocol: Protocol;
  host: string;
  port: number;
  kind: 'exclusive' | 'multi-session';
  sessions: number;
  weight: number;
  pool: string | null;
  credentials: 'stored' | 'ask';
  assignedTo: string[];
  status: 'active' | 'disabled';
};
