import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { PolicyInForce } from './schemas/index.ts';
import { shown } from './shown.ts';

export function policyRoutes({ policy }: Pick<Broker, 'policy'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/policy',
      who: 'signed-in',
      action: 'policy.view',
      summary: 'The policy that decisions are made under now.',
      answers: { status: 200, schema: PolicyInForce },
      refusals: ['policy-missing'],
      handle: async ({ person }) => shown(PolicyInForce, await policy.inForce(person)),
    }),
  ];
}
