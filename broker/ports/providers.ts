import type { Language, RequestOrigin } from '../vocabulary.ts';
import type { CompleteSignIn, HalfSignIn, SessionToken } from './sign-ins.ts';

/** Signing in by identity providers (OpenID Connect). */
export type Providers = {
  /** For the sign-in page; nothing but what everybody may know. */
  list(): Promise<ProviderList>;
  /**
   * Sends somebody to a provider. `callback` is where they come back to, `returnTo` a path of the product that is opened afterwards.
   * Throws `provider-unknown`, `provider-unavailable`, `policy-missing`, `too-many-attempts`.
   */
  begin(input: { provider: string; callback: string; returnTo: string; origin: RequestOrigin }): Promise<{ readonly location: string; readonly token: SessionToken; readonly expiresAt: Date }>;
  /**
   * Takes the answer that came back, once. `token` is the browser's, `answer` the query of the callback. Throws `provider-sign-in-over`, `provider-state-wrong`,
   * `provider-issuer-wrong`, `provider-declined`, `provider-code-refused`, `provider-token-refused`, `provider-account-unknown`, `provider-claims-missing`,
   * `provider-unavailable`, `account-disabled`, `policy-missing`.
   */
  finish(input: { token: SessionToken | undefined; provider: string; callback: string; answer: string; origin: RequestOrigin }): Promise<FinishedAtProvider>;
  /** Ends what the provider says has ended (OpenID Connect Back-Channel Logout 1.0). Throws `provider-unknown`, `logout-token-invalid`, `provider-unavailable`. */
  logOut(input: { provider: string; logoutToken: string; origin: RequestOrigin }): Promise<void>;
};

export type ProviderList = {
  readonly items: readonly { readonly id: string; readonly name: Readonly<Record<Language, string>>; readonly state: 'up' | 'down' }[];
  /** People of an organisation with a provider have to sign in there. */
  readonly required: boolean;
};

/** `half`: the provider's word does not stand for the second factor, which follows. */
export type FinishedAtProvider = { readonly returnTo: string } & ({ readonly half: HalfSignIn } | { readonly complete: CompleteSignIn });
