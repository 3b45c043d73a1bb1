import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { DutyPhase, DutyPhaseList } from './schemas/index.ts';
import { listed } from './shown.ts';

/** The phase clock as it concerns the person. */
export function phaseRoutes({ phases }: Pick<Broker, 'phases'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/me/phases',
      who: 'signed-in',
      summary: 'The own duties that are not due yet, and those that became due in the last day.',
      answers: { status: 200, schema: DutyPhaseList },
      handle: async ({ person }) => listed(DutyPhase, await phases.own(person)),
    }),
  ];
}
