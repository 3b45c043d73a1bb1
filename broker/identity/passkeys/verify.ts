// What simplewebauthn's certificates library needs before it is loaded.
import 'reflect-metadata';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { Assertion, Attestation } from '../../port.ts';
import type { RelyingParty } from './relying-party.ts';

export type StoredPasskey = { readonly credentialId: string; readonly publicKey: Buffer };

/** `counter`: what the authenticator says it has counted; whether it may be that is for the store to judge, after the signature. */
export type Asserted = { readonly counter: number; readonly userVerified: boolean };

/** @returns undefined where the answer is not what it has to be: signature, challenge, origin, relying party, presence, verification */
export async function verifyAssertion(
  { id, origin }: RelyingParty,
  { response, challenge, passkey, requireUserVerification }: { response: Assertion; challenge: string; passkey: StoredPasskey; requireUserVerification: boolean },
): Promise<Asserted | undefined> {
  try {
    // The counter is given as 0: the library looks at it before the signature, so that a forgery would pass for a copied key.
    const credential = { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: 0 };
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({ response: { ...response, type: 'public-key', clientExtensionResults: {} }, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: id, credential, requireUserVerification });
    return verified ? { counter: authenticationInfo.newCounter, userVerified: authenticationInfo.userVerified } : undefined;
  } catch {
    return undefined;
  }
}

export type Attested = StoredPasskey & { readonly counter: number; readonly userVerified: boolean; readonly synced: boolean };

export async function verifyAttestation({ id, origin }: RelyingParty, { response, challenge }: { response: Attestation; challenge: string }): Promise<Attested | undefined> {
  try {
    const { transports, ...given } = response.response;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...response, response: { ...given, ...(transports && { transports: [...transports] }) }, type: 'public-key', clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: false,
    });
    if (!verified) return undefined;
    const { credential, userVerified, credentialDeviceType } = registrationInfo;
    return { credentialId: credential.id, publicKey: Buffer.from(credential.publicKey), counter: credential.counter, userVerified, synced: credentialDeviceType === 'multiDevice' };
  } catch {
    return undefined;
  }
}
