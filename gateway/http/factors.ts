import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { FactorsOfPerson, IdParameter, NewAuthenticator, Nothing, OfferedAuthenticator, OwnFactors, RecoveryCodes, ReProof, ReProved } from './schemas/index.ts';
import { made, shown } from './shown.ts';

const CHANGING = ['step-up-required', 're-proof-required'] as const;

/** A person's own second factors, and what an administrator does about those of others. */
export function factorRoutes({ factors }: { factors: Broker['factors'] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/me/factors',
      who: 'signed-in',
      summary: 'The own authenticators and how many recovery codes are left.',
      answers: { status: 200, schema: OwnFactors },
      handle: async ({ person }) => shown(OwnFactors, await factors.own(person)),
    }),
    route({
      method: 'post',
      path: '/api/me/authenticators',
      who: 'signed-in',
      summary: 'A further authenticator to enrol; it counts once a code of it has confirmed it.',
      accepts: { body: Nothing },
      answers: { status: 201, schema: OfferedAuthenticator },
      refusals: [...CHANGING, 'authenticators-full'],
      handle: async ({ person, origin }) => made(OfferedAuthenticator, await factors.offerAuthenticator({ person, origin })),
    }),
    route({
      method: 'post',
      path: '/api/me/authenticators/:id/confirmation',
      who: 'signed-in',
      summary: 'Confirms it with a first code, and names it.',
      accepts: { params: IdParameter, body: NewAuthenticator },
      answers: { status: 204 },
      refusals: [...CHANGING, 'not-found', 'authenticators-full', 'one-time-code-wrong', 'one-time-code-clock-drift', 'one-time-code-clock-untrusted', 'too-many-attempts'],
      handle: async ({ person, origin, params, body }) => {
        await factors.confirmAuthenticator({ person, origin, authenticatorId: params.id, ...body });
        return { status: 204 };
      },
    }),
    route({
      method: 'delete',
      path: '/api/me/authenticators/:id',
      who: 'signed-in',
      summary: 'Removes an authenticator, never the last factor.',
      accepts: { params: IdParameter },
      answers: { status: 204 },
      refusals: [...CHANGING, 'not-found', 'last-factor'],
      handle: async ({ person, origin, params }) => {
        await factors.removeAuthenticator({ person, origin, authenticatorId: params.id });
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: '/api/me/recovery-codes',
      who: 'signed-in',
      summary: 'Ten new recovery codes, told this once. Those before are void.',
      accepts: { body: Nothing },
      answers: { status: 201, schema: RecoveryCodes },
      refusals: CHANGING,
      handle: async ({ person, origin }) => {
        const { codes, issuedAt } = await factors.issueRecoveryCodes({ person, origin });
        return made(RecoveryCodes, { codes: [...codes], issuedAt });
      },
    }),
    route({
      method: 'get',
      path: '/api/people/:id/factors',
      who: 'signed-in',
      action: 'people.manage',
      summary: 'Which factors a person has, and the open sign-ins by recovery code.',
      accepts: { params: IdParameter },
      answers: { status: 200, schema: FactorsOfPerson },
      refusals: ['not-found'],
      handle: async ({ person, params }) => shown(FactorsOfPerson, await factors.ofPerson({ person, personId: params.id })),
    }),
    route({
      method: 'post',
      path: '/api/people/:id/re-proof',
      who: 'signed-in',
      action: 'people.manage',
      summary: 'Vouches for a person who is there: factors may be changed in that sign-in by recovery code for a while.',
      accepts: { params: IdParameter, body: ReProof },
      answers: { status: 200, schema: ReProved },
      refusals: ['not-found', 'conflict', 'step-up-required', 'policy-missing'],
      handle: async ({ person, origin, params, body }) => shown(ReProved, await factors.reprove({ person, origin, personId: params.id, ...body })),
    }),
  ];
}
