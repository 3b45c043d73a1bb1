import type { RequestOrigin, SignedIn } from '../vocabulary.ts';
import type { CompleteSignIn, SessionToken } from './sign-ins.ts';

type By = { readonly person: SignedIn; readonly origin: RequestOrigin };

/**
 * Passkeys (W3C Web Authentication, level 3): registered by a person who is signed in, asked for after the password, alone, or as a
 * step-up. Each call that begins gives what the browser needs, with a challenge that is answered once and within five minutes; each
 * that ends may throw `passkey-refused`, `passkey-challenge-over`, `passkeys-not-offered`, `policy-missing`.
 */
export type Passkeys = {
  forSecondStep(input: { token: SessionToken; origin: RequestOrigin }): Promise<PasskeyRequest>;
  /** Second step. Throws `sign-in-required`, `too-many-attempts`. */
  withPasskey(input: { token: SessionToken; response: Assertion; origin: RequestOrigin }): Promise<CompleteSignIn>;
  /** Whether the entrance may show it. */
  aloneOffered(): Promise<boolean>;
  forAlone(input: { origin: RequestOrigin }): Promise<PasskeyRequest>;
  /** The only step, where the policy says `alone` and the device has checked its owner. */
  alone(input: { response: Assertion; origin: RequestOrigin }): Promise<CompleteSignIn>;
  forStepUp(person: SignedIn): Promise<PasskeyRequest>;
  stepUp(input: { person: SignedIn; response: Assertion; origin: RequestOrigin }): Promise<{ readonly freshUntil: Date }>;
  /** Throws `passkeys-full`, and as every change of factors. */
  forRegistration(input: By): Promise<PasskeyCreation>;
  register(input: By & { name: string; response: Attestation }): Promise<void>;
  /** Throws `not-found`, `last-factor`. */
  remove(input: By & { passkeyId: string }): Promise<void>;
};

/** Every text is base64url, as browsers give it. */
export type Assertion = {
  readonly id: string;
  readonly rawId: string;
  readonly response: { readonly clientDataJSON: string; readonly authenticatorData: string; readonly signature: string; readonly userHandle?: string };
};
export type Attestation = {
  readonly id: string;
  readonly rawId: string;
  readonly response: { readonly clientDataJSON: string; readonly attestationObject: string; readonly transports?: readonly string[] };
};

type Named = { readonly id: string; readonly type: 'public-key'; readonly transports?: string[] };
export type PasskeyRequest = { readonly challenge: string; readonly rpId: string; readonly timeout: number; readonly userVerification: 'preferred' | 'required'; readonly allowCredentials?: Named[] };
export type PasskeyCreation = {
  readonly challenge: string;
  readonly rp: { readonly id: string; readonly name: string };
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly pubKeyCredParams: { readonly alg: number; readonly type: 'public-key' }[];
  readonly timeout: number;
  readonly attestation: 'none';
  readonly excludeCredentials: Named[];
  readonly authenticatorSelection: { readonly residentKey: 'preferred'; readonly userVerification: 'preferred' };
};
