import { Refusal, type Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { Health } from './schemas/index.ts';

export function healthRoutes({ ready }: Pick<Broker, 'ready'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/healthz',
      who: 'public',
      why: 'For the machine that restarts this one; says nothing but that the process answers.',
      summary: 'The process answers.',
      answers: { status: 200, schema: Health },
      handle: async () => ({ status: 200, json: { status: 'ok' } }),
    }),
    route({
      method: 'get',
      path: '/readyz',
      who: 'public',
      why: 'For the balancer; says nothing but whether requests can be served.',
      summary: 'The database answers and has this program\'s version.',
      answers: { status: 200, schema: Health },
      refusals: ['service-unavailable'],
      handle: async () => {
        if (!(await ready().catch(() => false))) throw new Refusal('service-unavailable');
        return { status: 200, json: { status: 'ok' } };
      },
    }),
  ];
}
