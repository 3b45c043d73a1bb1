import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import type { Assertion, Attestation, PasskeyCreation, PasskeyRequest } from '../../broker/port.ts';

/** What a test may have a device do otherwise than it should. */
export type Otherwise = { readonly origin?: string; readonly rpId?: string; readonly verified?: boolean; readonly present?: boolean; readonly counter?: number; readonly challenge?: string; readonly userHandle?: string; readonly id?: string; readonly type?: string };

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest();

/** A device that holds one ES256 key and counts what it signs, as W3C Web Authentication has it: in software, so that it can misbehave. */
export function softwarePasskey(origin = 'https://telework.example.lg.jp') {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credentialId = randomBytes(32);
  const id = credentialId.toString('base64url');
  let counted = 0;

  const authData = ({ rpId, verified = true, present = true, counter }: Otherwise & { counter: number }, attested?: Buffer) => {
    const flags = (present ? 0x01 : 0) | (verified ? 0x04 : 0) | (attested ? 0x40 : 0);
    const head = Buffer.alloc(5);
    head.writeUInt8(flags, 0);
    head.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(rpId!), head, ...(attested ? [attested] : [])]);
  };
  const clientData = (type: string, challenge: string, from: string) => Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }));

  return {
    id,
    /** What a browser gives for the making of this passkey. */
    attest({ challenge, rp }: PasskeyCreation, otherwise: Otherwise = {}): Attestation {
      const { x, y } = publicKey.export({ format: 'jwk' });
      const cose = new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(x!, 'base64url')], [-3, Buffer.from(y!, 'base64url')]]);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, Buffer.from(isoCBOR.encode(cose as never))]);
      const data = authData({ rpId: rp.id, counter: 0, ...otherwise }, attested);
      const attestationObject = isoCBOR.encode(new Map<string, unknown>([['fmt', 'none'], ['attStmt', new Map()], ['authData', new Uint8Array(data)]]) as never);
      const json = clientData(otherwise.type ?? 'webauthn.create', otherwise.challenge ?? challenge, otherwise.origin ?? origin);
      return { id, rawId: id, response: { clientDataJSON: json.toString('base64url'), attestationObject: Buffer.from(attestationObject).toString('base64url'), transports: ['internal'] } };
    },
    /** What a browser gives for a proof. */
    assert({ challenge, rpId }: PasskeyRequest, otherwise: Otherwise = {}): Assertion {
      counted += 1;
      const data = authData({ rpId, counter: counted, ...otherwise });
      const json = clientData(otherwise.type ?? 'webauthn.get', otherwise.challenge ?? challenge, otherwise.origin ?? origin);
      const signature = createSign('sha256').update(Buffer.concat([data, sha256(json)])).sign(privateKey);
      const named = otherwise.id ?? id;
      return {
        id: named,
        rawId: named,
        response: { clientDataJSON: json.toString('base64url'), authenticatorData: data.toString('base64url'), signature: signature.toString('base64url'), ...(otherwise.userHandle !== undefined && { userHandle: otherwise.userHandle }) },
      };
    },
  };
}
