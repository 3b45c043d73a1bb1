import type { Broker, Drill, Language } from '../../broker/port.ts';
import { DRILL_FILE } from '../text/index.ts';
import { ADMISSION } from './admission-refusals.ts';
import { csvAnswer, type Cell } from './csv.ts';
import { route, type Route } from './route.ts';
import { Board, Drill as DrillSchema, DrillLevel, DrillList, DrillRequest, IdParameter, NewDrill, Nothing, PagingQuery, RunningDrill } from './schemas/index.ts';
import { made, paged, shown } from './shown.ts';

/** Drills (訓練) of the person's organisation: nothing of them touches a lease, a seat or the level in force. */
export function drillRoutes({ drills }: Pick<Broker, 'drills'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/drill',
      who: 'signed-in',
      summary: 'The drill that is under way, with what the person does in it.',
      answers: { status: 200, schema: RunningDrill },
      handle: async ({ person }) => {
        const drill = await drills.own(person);
        return shown(RunningDrill, drill === undefined ? {} : { drill });
      },
    }),
    route({
      method: 'get',
      path: '/api/drills',
      who: 'signed-in',
      action: 'level.view',
      summary: 'Drills, newest first, with their results.',
      accepts: { query: PagingQuery },
      answers: { status: 200, schema: DrillList },
      handle: async ({ person, query }) => paged(DrillSchema, await drills.list({ person, ...query })),
    }),
    route({
      method: 'post',
      path: '/api/drills',
      who: 'signed-in',
      action: 'drills.run',
      summary: 'Begins a drill.',
      accepts: { body: NewDrill },
      answers: { status: 201, schema: DrillSchema },
      refusals: ['drill-running', 'policy-missing'],
      handle: async ({ person, body, origin }) => {
        const begun = await drills.start({ person, drill: body, origin });
        return made(DrillSchema, begun, `/api/drills/${begun.id}`);
      },
    }),
    route({
      method: 'get',
      path: '/api/drills/:id',
      who: 'signed-in',
      action: 'level.view',
      summary: 'One drill.',
      accepts: { params: IdParameter },
      answers: { status: 200, schema: DrillSchema },
      refusals: ['not-found'],
      handle: async ({ person, params }) => shown(DrillSchema, await drills.get({ person, drillId: params.id })),
    }),
    route({
      method: 'get',
      path: '/api/drills/:id/board',
      who: 'signed-in',
      action: 'level.view',
      summary: 'The situation board of the drill, on its clock; after its end as it was then.',
      accepts: { params: IdParameter },
      answers: { status: 200, schema: Board },
      refusals: ['not-found'],
      handle: async ({ person, params }) => shown(Board, await drills.board({ person, drillId: params.id })),
    }),
    route({
      method: 'get',
      path: '/api/drills/:id/result.csv',
      who: 'signed-in',
      action: 'level.view',
      summary: 'The achieved time of each duty against its target time, as a file for a spreadsheet.',
      accepts: { params: IdParameter },
      answers: { status: 200, type: 'text/csv' },
      refusals: ['not-found'],
      handle: async ({ person, params, language }) => csvAnswer('drill.csv', resultRows(await drills.get({ person, drillId: params.id }), language)),
    }),
    route({
      method: 'post',
      path: '/api/drills/:id/level',
      who: 'signed-in',
      action: 'drills.run',
      summary: 'Changes the level of the drill, and of nothing else.',
      accepts: { params: IdParameter, body: DrillLevel },
      answers: { status: 200, schema: DrillSchema },
      refusals: ['not-found', 'drill-over'],
      handle: async ({ person, params, body, origin }) => shown(DrillSchema, await drills.changeLevel({ person, drillId: params.id, level: body.level, origin })),
    }),
    route({
      method: 'post',
      path: '/api/drills/:id/end',
      who: 'signed-in',
      action: 'drills.run',
      summary: 'Ends the drill; ending one that is over changes nothing.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: DrillSchema },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => shown(DrillSchema, await drills.end({ person, drillId: params.id, origin })),
    }),
    route({
      method: 'post',
      path: '/api/drills/:id/part',
      who: 'signed-in',
      action: 'desktops.use',
      summary: 'Takes part: asks for a seat of the drill as one would for a real one.',
      accepts: { params: IdParameter, body: DrillRequest },
      answers: { status: 200, schema: RunningDrill },
      refusals: ['not-found', 'drill-over', ...ADMISSION],
      handle: async ({ person, params, body, origin }) => shown(RunningDrill, { drill: await drills.ask({ person, drillId: params.id, asked: body, origin }) }),
    }),
    route({
      method: 'delete',
      path: '/api/drills/:id/part',
      who: 'signed-in',
      action: 'desktops.use',
      summary: 'Leaves the seat or the queue of the drill.',
      accepts: { params: IdParameter },
      answers: { status: 200, schema: RunningDrill },
      refusals: ['not-found', 'drill-over'],
      handle: async ({ person, params, origin }) => shown(RunningDrill, { drill: await drills.leave({ person, drillId: params.id, origin }) }),
    }),
  ];
}

async function* resultRows({ result }: Drill, language: Language): AsyncGenerator<readonly Cell[]> {
  yield DRILL_FILE[language];
  for (const { class: priorityClass, name, people, tookPart, admitted, target, achieved, medianWait, longestWait, displaced, metTarget } of result?.duties ?? [])
    yield [priorityClass, name, people, tookPart, admitted, minutes(target), achieved === undefined ? undefined : minutes(achieved), minutes(medianWait), minutes(longestWait), displaced, Math.round(metTarget * 1000) / 10];
}

const minutes = (seconds: number) => Math.round(seconds / 6) / 10;
