import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { IdParameter, InvitationLink, NewPerson, Nothing, PeopleList, PeopleQuery, PersonChange, PersonDetails, PersonListed, TermChange } from './schemas/index.ts';
import { made, paged, shown } from './shown.ts';

/** People as those who administer them see them. What lies outside of what a role reaches is not found. */
export function peopleRoutes({ people }: { people: Broker['people'] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/people',
      who: 'signed-in',
      action: 'directory.view',
      summary: 'People, by username.',
      accepts: { query: PeopleQuery },
      answers: { status: 200, schema: PeopleList },
      handle: async ({ person, query: { loaned, ...query } }) => paged(PersonListed, await people.list({ person, ...query, ...(loaned !== undefined && { loaned: loaned === 'yes' }) })),
    }),
    route({
      method: 'post',
      path: '/api/people',
      who: 'signed-in',
      action: 'people.manage',
      summary: 'Adds a person, who cannot sign in before an invitation is redeemed.',
      accepts: { body: NewPerson },
      answers: { status: 201, schema: PersonDetails },
      refusals: ['conflict', 'not-found', 'span-too-long'],
      handle: async ({ person, body, origin }) => {
        const added = await people.add({ person, origin, ...body });
        return made(PersonDetails, added, `/api/people/${added.id}`);
      },
    }),
    route({
      method: 'get',
      path: '/api/people/:id',
      who: 'signed-in',
      action: 'directory.view',
      summary: 'One person, with roles, duties and desktops.',
      accepts: { params: IdParameter },
      answers: { status: 200, schema: PersonDetails },
      refusals: ['not-found'],
      handle: async ({ person, params }) => shown(PersonDetails, await people.get({ person, personId: params.id })),
    }),
    route({
      method: 'put',
      path: '/api/people/:id',
      who: 'signed-in',
      action: 'people.manage',
      summary: 'Changes what is named in the body.',
      accepts: { params: IdParameter, body: PersonChange },
      answers: { status: 200, schema: PersonDetails },
      refusals: ['not-found', 'conflict'],
      handle: async ({ person, params, body, origin }) => shown(PersonDetails, await people.change({ person, origin, personId: params.id, ...body })),
    }),
    route({
      method: 'post',
      path: '/api/people/:id/suspension',
      who: 'signed-in',
      action: 'people.manage',
      summary: 'Suspends a person: sign-ins, sessions and invitations end.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: PersonDetails },
      refusals: ['not-found', 'last-administrator'],
      handle: async ({ person, params, origin }) => shown(PersonDetails, await people.disable({ person, origin, personId: params.id })),
    }),
    route({
      method: 'delete',
      path: '/api/people/:id/suspension',
      who: 'signed-in',
      action: 'people.manage',
      summary: 'Lets a suspended person sign in again.',
      accepts: { params: IdParameter },
      answers: { status: 200, schema: PersonDetails },
      refusals: ['not-found', 'account-term-over'],
      handle: async ({ person, params, origin }) => shown(PersonDetails, await people.enable({ person, origin, personId: params.id })),
    }),
    route({
      method: 'put',
      path: '/api/people/:id/term',
      who: 'signed-in',
      action: 'people.manage',
      summary: 'Gives an account of loaned staff another end.',
      accepts: { params: IdParameter, body: TermChange },
      answers: { status: 200, schema: PersonDetails },
      refusals: ['not-found', 'conflict', 'span-too-long'],
      handle: async ({ person, params, body, origin }) => shown(PersonDetails, await people.changeTerm({ person, origin, personId: params.id, ...body })),
    }),
    route({
      method: 'post',
      path: '/api/people/:id/invitation',
      who: 'signed-in',
      action: 'people.manage',
      summary: 'A link by which the person chooses a first password. Shown once; the one before it no longer works.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: InvitationLink },
      refusals: ['not-found', 'conflict'],
      handle: async ({ person, params, origin }) => shown(InvitationLink, await people.invite({ person, origin, personId: params.id })),
    }),
    route({
      method: 'post',
      path: '/api/people/:id/forgiveness',
      who: 'signed-in',
      action: 'people.manage',
      summary: 'Forgets failed sign-ins, so that the person may try again at once.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 204 },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => {
        await people.forgetFailures({ person, origin, personId: params.id });
        return { status: 204 };
      },
    }),
  ];
}
