import { z } from 'zod';
import { named } from './words.ts';

/** Bytes as browsers give them (RFC 4648, section 5, without padding). */
const bytes = (max: number) => z.string().min(1).max(max).regex(/^[\w-]+$/);

export const Assertion = z
  .strictObject({ id: bytes(1400), rawId: bytes(1400), response: z.strictObject({ clientDataJSON: bytes(8_000), authenticatorData: bytes(8_000), signature: bytes(8_000), userHandle: bytes(200).exactOptional() }) })
  .meta({ id: 'Assertion' });
const Attestation = z.strictObject({
  id: bytes(1400),
  rawId: bytes(1400),
  response: z.strictObject({ clientDataJSON: bytes(8_000), attestationObject: bytes(30_000), transports: z.array(z.string().regex(/^[a-z-]{1,20}$/)).max(10).exactOptional() }),
});
export const NewPasskey = z.strictObject({ name: named(60).describe('What the person calls the device.'), response: Attestation }).meta({ id: 'NewPasskey' });

export const PasskeyAlone = z.object({ offered: z.boolean() }).meta({ id: 'PasskeyAlone' });

const credential = z.object({ id: z.string(), type: z.literal('public-key'), transports: z.array(z.string()).exactOptional() });
export const PasskeyRequest = z
  .object({ challenge: z.string().describe('Answered once, within five minutes.'), rpId: z.string(), timeout: z.int(), userVerification: z.enum(['preferred', 'required']), allowCredentials: z.array(credential).exactOptional() })
  .meta({ id: 'PasskeyRequest' });
export const PasskeyCreation = z
  .object({
    challenge: z.string().describe('Answered once, within five minutes.'),
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    pubKeyCredParams: z.array(z.object({ alg: z.int(), type: z.literal('public-key') })),
    timeout: z.int(),
    attestation: z.literal('none'),
    excludeCredentials: z.array(credential),
    authenticatorSelection: z.object({ residentKey: z.literal('preferred'), userVerification: z.literal('preferred') }),
  })
  .meta({ id: 'PasskeyCreation' });

export type PasskeyAlone = z.infer<typeof PasskeyAlone>;
export type PasskeyRequest = z.infer<typeof PasskeyRequest>;
export type PasskeyCreation = z.infer<typeof PasskeyCreation>;
