import { z } from 'zod';
import { SIGN_IN_ENDS, SIGN_IN_METHODS } from '../../../broker/port.ts';
import { id, instant, next, site, typed } from './words.ts';
import { User } from './user.ts';

export const PasswordSignIn = z.strictObject({ username: typed(200), password: typed(1024) }).meta({ id: 'PasswordSignIn' });
export const OneTimeCode = z.strictObject({ code: typed(64).describe('Six digits; full-width digits and blanks are accepted.') }).meta({ id: 'OneTimeCode' });
export const InvitationToken = z.strictObject({ token: typed(200) }).meta({ id: 'InvitationToken' });
export const InvitationRedemption = z.strictObject({ token: typed(200), password: typed(1024) }).meta({ id: 'InvitationRedemption' });

const secondFactor = z.enum(['totp', 'passkey', 'recovery-code']);
export const NextStep = z.object({ next: z.enum(['totp', 'passkey', 'enrol']), ways: z.array(secondFactor).describe('All that would do as the second step.') }).meta({ id: 'NextStep' });
export const Enrolment = z.object({ otpauthUri: z.string(), secret: z.string() }).meta({ id: 'Enrolment' });
export const Invitation = z.object({ displayName: z.string(), username: z.string() }).meta({ id: 'Invitation' });
export const SignInDone = z.object({ user: User }).meta({ id: 'SignInDone' });
export const StepUpDone = z.object({ freshUntil: instant }).meta({ id: 'StepUpDone' });

export const SignIn = z
  .object({
    id,
    at: instant,
    address: z.string(),
    userAgent: z.string(),
    outcome: z.enum(['complete', 'wrong-password', 'wrong-code', 'used-code', 'throttled']),
    method: z.enum(SIGN_IN_METHODS).exactOptional().describe('How a complete one was proved.'),
    current: z.boolean().describe('True for the sign-in that asks.'),
    site: site.exactOptional().describe('Where the address lies, by the networks of the policy.'),
    endedAt: instant.exactOptional(),
    endedBecause: z.enum(SIGN_IN_ENDS).exactOptional(),
  })
  .meta({ id: 'SignIn' });
export const OpenSignIn = z
  .object({
    id,
    at: instant,
    lastSeenAt: instant.describe('To the minute.'),
    expiresAt: instant,
    address: z.string(),
    site: site.exactOptional(),
    userAgent: z.string(),
    method: z.enum(SIGN_IN_METHODS),
    current: z.boolean(),
  })
  .meta({ id: 'OpenSignIn' });
export const OpenSignInList = z.object({ items: z.array(OpenSignIn) }).meta({ id: 'OpenSignInList' });
export const SignInsEnded = z.object({ ended: z.number().int() }).meta({ id: 'SignInsEnded' });
export const SignInList = z.object({ items: z.array(SignIn), next }).meta({ id: 'SignInList' });

export type PasswordSignIn = z.infer<typeof PasswordSignIn>;
export type OneTimeCode = z.infer<typeof OneTimeCode>;
export type InvitationToken = z.infer<typeof InvitationToken>;
export type InvitationRedemption = z.infer<typeof InvitationRedemption>;
export type NextStep = z.infer<typeof NextStep>;
export type Enrolment = z.infer<typeof Enrolment>;
export type Invitation = z.infer<typeof Invitation>;
export type SignInDone = z.infer<typeof SignInDone>;
export type StepUpDone = z.infer<typeof StepUpDone>;
export type OpenSignIn = z.infer<typeof OpenSignIn>;
export type OpenSignInList = z.infer<typeof OpenSignInList>;
export type SignIn = z.infer<typeof SignIn>;
export type SignInList = z.infer<typeof SignInList>;
