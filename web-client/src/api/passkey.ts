import { startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser';
import type { PasskeyCreation, PasskeyRequest } from '../../../gateway/http/schemas/index.ts';
import { call } from './call.ts';
import { Problem } from './problem.ts';

/** Whether this browser can do anything with passkeys. */
export const knowsPasskeys = (): boolean => typeof window.PublicKeyCredential === 'function';

/** Has a passkey prove itself: asks for a challenge, lets the browser ask the person, and sends what came of it. */
export async function provePasskey<Answer>(path: '/api/sign-in/passkey' | '/api/sign-in/passkey-alone' | '/api/me/step-up/passkey'): Promise<Answer> {
  const request = await call<PasskeyRequest>('POST', `${path}/challenge`, {});
  const { id, rawId, response } = await asked(() => startAuthentication({ optionsJSON: request }));
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return call<Answer>('POST', path, { id, rawId, response: { clientDataJSON, authenticatorData, signature, ...(userHandle !== undefined && userHandle !== '' && { userHandle }) } });
}

/** Makes a passkey. @returns what the gateway takes for its registration */
export async function makePasskey(): Promise<object> {
  const creation = await call<PasskeyCreation>('POST', '/api/me/passkeys/challenge', {});
  const { id, rawId, response } = await asked(() => startRegistration({ optionsJSON: creation }));
  const { clientDataJSON, attestationObject, transports } = response;
  return { id, rawId, response: { clientDataJSON, attestationObject, ...(transports && { transports }) } };
}

/** Whatever keeps the browser from an answer is one thing to the person: it was broken off, or took too long, or the device is known. */
async function asked<Given>(work: () => Promise<Given>): Promise<Given> {
  try {
    return await work();
  } catch (cause) {
    const known = cause instanceof WebAuthnError && cause.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';
    throw Object.assign(new Problem(known ? 'conflict' : 'passkey-cancelled', 0), { cause });
  }
}
