import { route, type Route } from './route.ts';
import { Invitation, InvitationRedemption, InvitationToken, NextStep } from './schemas/index.ts';
import { halfDone, type SignInDeps } from './sign-in.ts';

/** One-time links by which a person chooses the first password. The token stands in a body, never in an address. */
export function invitationRoutes({ signIns, clock }: Omit<SignInDeps, 'desktops' | 'passkeys' | 'bypasses'>): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/invitations/view',
      who: 'public',
      why: 'Whoever is invited has no account to sign in with yet; the token is the right.',
      summary: 'Says whom an invitation is for, without using it.',
      accepts: { body: InvitationToken },
      answers: { status: 200, schema: Invitation },
      refusals: ['invitation-invalid', 'too-many-attempts'],
      handle: async ({ body, origin }) => {
        const { displayName, username } = await signIns.invitation({ ...body, origin });
        return { status: 200, json: { displayName, username } };
      },
    }),
    route({
      method: 'post',
      path: '/api/invitations/redeem',
      who: 'public',
      why: 'As above.',
      summary: 'Sets the first password and begins the sign-in.',
      accepts: { body: InvitationRedemption },
      answers: { status: 200, schema: NextStep },
      refusals: ['invitation-invalid', 'password-unsuitable', 'too-many-attempts'],
      handle: async ({ body, origin }) => halfDone(await signIns.redeemInvitation({ ...body, origin }), clock.now()),
    }),
  ];
}
