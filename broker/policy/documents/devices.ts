import { z } from 'zod';

/** Registered devices, within sign-in.yaml; absent: none can be registered, and none counts. */
export const devices = z
  .strictObject({
    'a-person': z.int().min(1).max(50).meta({ description: 'Devices of one person, those that wait for approval included' }),
    'valid-days': z.int().min(1).max(1_100).meta({ description: 'So long after its approval a device counts' }),
  })
  .meta({ description: 'Registered devices; without it none can be registered, and none counts' });
