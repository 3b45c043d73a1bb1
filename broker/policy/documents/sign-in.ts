import { z } from 'zod';
import { bypass } from './bypass.ts';
import { devices } from './devices.ts';
import { oidc } from './oidc.ts';
import { DAY, duration } from './parts.ts';
import { signInLimits } from './sign-in-limits.ts';

/** How people prove who they are besides the password. */
const factors = z.strictObject({
  passkeys: z.enum(['off', 'second-factor', 'alone']).meta({ description: 'Passkeys: not offered; beside the password; or also alone, where the passkey checks its owner by PIN, finger or face' }),
  're-proof': duration(60, DAY).meta({ description: 'After an administrator has vouched for somebody who signed in by recovery code: how long that sign-in may change factors' }),
  'clock-alone': duration(60, 31 * DAY).meta({ description: "How long the server's clock may go without its time source before one-time codes are refused" }),
});

/** sign-in.yaml: how people prove who they are, and for how long it holds. */
export const SignInDocument = z.strictObject({
  'sign-in': z.strictObject({
    limits: signInLimits,
    oidc: oidc.exactOptional(),
    factors: factors.exactOptional(),
    bypass: bypass.exactOptional(),
    devices: devices.exactOptional(),
  }),
});
