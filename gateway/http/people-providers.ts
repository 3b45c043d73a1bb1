import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { ExpectedName, IdParameter, ProviderAccount } from './schemas/index.ts';
import { shown } from './shown.ts';

/** Whom an identity provider may link to an account, as those who administer people see and decide it. */
export function peopleProviderRoutes({ people }: { people: Broker['people'] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/people/:id/provider',
      who: 'signed-in',
      action: 'directory.view',
      summary: 'The name under which the identity provider is expected to know a person, and what is linked.',
      accepts: { params: IdParameter },
      answers: { status: 200, schema: ProviderAccount },
      refusals: ['not-found'],
      handle: async ({ person, params }) => shown(ProviderAccount, await people.providerAccount({ person, personId: params.id })),
    }),
    route({
      method: 'put',
      path: '/api/people/:id/provider',
      who: 'signed-in',
      action: 'people.manage',
      summary: 'Lets the identity provider link this account, to whoever comes with this name.',
      accepts: { params: IdParameter, body: ExpectedName },
      answers: { status: 200, schema: ProviderAccount },
      refusals: ['not-found', 'provider-name-taken', 'step-up-required'],
      handle: async ({ person, params, body, origin }) => shown(ProviderAccount, await people.expectAtProvider({ person, origin, personId: params.id, ...body })),
    }),
    route({
      method: 'delete',
      path: '/api/people/:id/provider',
      who: 'signed-in',
      action: 'people.manage',
      summary: 'Takes the name away and every link; the person’s sign-ins end.',
      accepts: { params: IdParameter },
      answers: { status: 200, schema: ProviderAccount },
      refusals: ['not-found', 'step-up-required'],
      handle: async ({ person, params, origin }) => shown(ProviderAccount, await people.unlinkProvider({ person, origin, personId: params.id })),
    }),
  ];
}
