import { z } from 'zod';
import { instant, nothingMore, typed } from './words.ts';
import { NextStep, SignInDone } from './sign-in.ts';

const providerId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
export const ProviderParameter = z.strictObject({ provider: providerId });

export const ProviderList = z
  .object({
    items: z.array(z.object({ id: z.string(), name: z.string(), state: z.enum(['up', 'down']).describe('Whether it answered when it was last asked.') })),
    next: nothingMore,
    required: z.boolean().describe('People of an organisation with a provider sign in there, and not by password.'),
  })
  .meta({ id: 'ProviderList' });

export const ProviderBegin = z.strictObject({ provider: providerId, returnTo: z.string().max(200).describe('A page of the product to open afterwards.') }).meta({ id: 'ProviderBegin' });
export const ProviderLocation = z.object({ location: z.url().describe('Where the browser goes now.') }).meta({ id: 'ProviderLocation' });
export const ProviderAnswer = z.strictObject({ provider: providerId, answer: z.string().max(8_000).describe('The query with which the provider sent the browser back.') }).meta({ id: 'ProviderAnswer' });
/** Either everything was proved, or the second factor follows. */
export const ProviderDone = z.object({ returnTo: z.string(), ...SignInDone.partial().shape, ...NextStep.partial().shape }).meta({ id: 'ProviderDone' });
/** OpenID Connect Back-Channel Logout 1.0, section 2.5; more may be sent and is not read. */
export const BackChannelLogout = z.object({ logout_token: typed(16_000) }).meta({ id: 'BackChannelLogout' });

export const ExpectedName = z.strictObject({ name: typed(255).describe('What the claim that policies/sign-in.yaml names has to say.') }).meta({ id: 'ExpectedName' });
export const ProviderAccount = z
  .object({ name: z.string().nullable(), linked: z.array(z.object({ issuer: z.string(), linkedAt: instant, linkedBy: z.enum(['claim', 'creation']) })) })
  .meta({ id: 'ProviderAccount' });

export type ProviderList = z.infer<typeof ProviderList>;
export type ProviderLocation = z.infer<typeof ProviderLocation>;
export type ProviderDone = z.infer<typeof ProviderDone>;
export type ProviderAccount = z.infer<typeof ProviderAccount>;
