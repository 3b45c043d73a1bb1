import type { Broker, Language, UnitDay } from '../../broker/port.ts';
import { LIFTED_RULES, TELEWORK_FILE } from '../text/index.ts';
import { csvAnswer, type Cell } from './csv.ts';
import { route, type Route } from './route.ts';
import { NewMark, OwnTelework, TeleworkQuery, UnitDay as UnitDaySchema, UnitDayList, UnitTeleworkQuery } from './schemas/index.ts';
import { listed, shown } from './shown.ts';

/** The telework record (テレワーク実績). */
export function teleworkRoutes({ telework }: Pick<Broker, 'telework'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/telework',
      who: 'signed-in',
      action: 'telework.mark',
      summary: 'The own days, newest first; 62 at most.',
      accepts: { query: TeleworkQuery },
      answers: { status: 200, schema: OwnTelework },
      handle: async ({ person, query }) => shown(OwnTelework, await telework.own({ person, ...query })),
    }),
    route({
      method: 'post',
      path: '/api/telework/marks',
      who: 'signed-in',
      action: 'telework.mark',
      summary: 'Marks that work starts, pauses, goes on or ends now.',
      accepts: { body: NewMark },
      answers: { status: 200, schema: OwnTelework },
      refusals: ['conflict'],
      handle: async ({ person, body, origin }) => shown(OwnTelework, await telework.mark({ person, origin, kind: body.kind })),
    }),
    route({
      method: 'get',
      path: '/api/telework/unit',
      who: 'signed-in',
      action: 'telework.view-unit',
      summary: 'The days of everybody of the units that the person heads.',
      accepts: { query: UnitTeleworkQuery },
      answers: { status: 200, schema: UnitDayList },
      refusals: ['not-found'],
      handle: async ({ person, query, origin }) => listed(UnitDaySchema, await telework.ofUnit({ person, origin, ...query })),
    }),
    route({
      method: 'get',
      path: '/api/telework/unit.csv',
      who: 'signed-in',
      action: 'telework.view-unit',
      summary: 'The same as a file for a spreadsheet.',
      accepts: { query: UnitTeleworkQuery },
      answers: { status: 200, type: 'text/csv' },
      refusals: ['not-found'],
      handle: async ({ person, query, origin, language }) => csvAnswer('telework.csv', dayRows(await telework.ofUnit({ person, origin, forFile: true, ...query }), language)),
    }),
  ];
}

async function* dayRows(days: readonly UnitDay[], language: Language): AsyncGenerator<readonly Cell[]> {
  yield TELEWORK_FILE[language];
  for (const { day, person, marks, workedSeconds, pausedSeconds, connectedSeconds, lifted = [] } of days) {
    const [start, end] = [marks.find(({ kind }) => kind === 'start'), marks.findLast(({ kind }) => kind === 'end')];
    yield [day, person.username, person.displayName, person.unitName, start?.at, end?.at, ...[workedSeconds, pausedSeconds, connectedSeconds].map(minutes), lifted.map((rule) => LIFTED_RULES[language][rule]).join(' / ')];
  }
}

const minutes = (seconds: number) => Math.round(seconds / 60);
