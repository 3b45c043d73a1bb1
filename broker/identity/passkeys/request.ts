import type { PasskeyCreation, PasskeyRequest } from '../../port.ts';
import { userHandleOf } from './prove.ts';
import type { RelyingParty } from './relying-party.ts';
import type { Passkey } from './store.ts';

/** Milliseconds that the browser waits; a challenge lives longer. */
const PATIENCE = 120_000;
/** EdDSA, ES256 and RS256 (IANA COSE algorithms): what devices make. */
const ALGORITHMS = [-8, -7, -257];

/** What a browser needs to have a passkey prove itself. */
export function requestFor({ id: rpId }: RelyingParty, challenge: string, { own, userVerification }: { own?: readonly Passkey[]; userVerification: 'preferred' | 'required' }): PasskeyRequest {
  return { challenge, rpId, timeout: PATIENCE, userVerification, ...(own && { allowCredentials: own.map(nameOf) }) };
}

/** What a browser needs to make one. Found by itself at the entrance where the device can; what is registered already is not made again. */
export function creationFor({ id, name }: RelyingParty, challenge: string, { person, own }: { person: { readonly personId: string; readonly username: string; readonly displayName: string }; own: readonly Passkey[] }): PasskeyCreation {
  return {
    challenge,
    rp: { id, name },
    user: { id: userHandleOf(person.personId), name: person.username, displayName: person.displayName },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: 'public-key' })),
    timeout: PATIENCE,
    attestation: 'none',
    excludeCredentials: own.map(nameOf),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  };
}

const nameOf = ({ credentialId, transports }: Passkey) => ({ id: credentialId, type: 'public-key' as const, ...(transports.length > 0 && { transports: [...transports] }) });
