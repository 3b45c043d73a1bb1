import { z } from 'zod';
import { bypass } from './bypass.ts';
import { devices } from './devices.ts';

/** sign-in.yaml: how people prove who they are, and for how long it holds. */
export const SignInDocument = z.strictObject({
  'sign-in': z.strictObject({
    bypass: bypass.exactOptional(),
    devices: devices.exactOptional(),
  }),
});
