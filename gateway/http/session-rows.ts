import type { Language, SessionListed } from '../../broker/port.ts';
import { LIFTED_RULES, reasonTitle, SESSION_FILE, SITES } from '../text/index.ts';
import type { Cell } from './csv.ts';

/** A file of sessions, its header first, in the words of the person who asked for it. */
export async function* sessionRows(sessions: AsyncIterable<SessionListed>, language: Language): AsyncGenerator<readonly Cell[]> {
  yield SESSION_FILE[language].header;
  for await (const session of sessions) yield row(session, language);
}

/** In the order of the header. */
function row(session: SessionListed, language: Language): readonly Cell[] {
  const { states } = SESSION_FILE[language];
  return [
    session.at,
    states[session.state],
    session.person.username,
    session.person.displayName,
    session.unit.name,
    session.desktop?.name,
    session.duty?.name,
    session.duty?.class,
    session.site === null ? undefined : SITES[language][session.site],
    session.address,
    session.level,
    session.connectedAt,
    session.endedAt,
    session.endedBecause === undefined ? undefined : reasonTitle(session.endedBecause, language),
    session.reasons.map((code) => reasonTitle(code, language)).join(' / '),
    session.lifted.map((rule) => LIFTED_RULES[language][rule]).join(' / '),
    session.refusedChannels,
    session.id,
  ];
}
