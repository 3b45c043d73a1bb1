import { z } from 'zod';
import { ACTIONS, SIGN_IN_METHODS, type Action } from '../../../broker/port.ts';
import { LevelInForce } from './level.ts';
import { id, instant, language, priorityClass, role, zone } from './words.ts';

export const LanguageChoice = z.strictObject({ language }).meta({ id: 'LanguageChoice' });
export const Duty = z.object({ id, name: z.string(), class: priorityClass, zone }).meta({ id: 'Duty' });
export const action = z.enum(Object.keys(ACTIONS) as [Action, ...Action[]]);

export const User = z
  .object({
    id,
    username: z.string(),
    displayName: z.string(),
    organisation: z.string(),
    unit: z.string(),
    unitId: id,
    language,
    roles: z.array(role),
    may: z.array(action).describe('What some role of the person allows, somewhere. Pages show what is in it; each call is decided anew.'),
    duties: z.array(Duty),
    level: LevelInForce,
    signedInAt: instant,
    provedAt: instant.describe('When the second factor was last proved.'),
    method: z.enum(SIGN_IN_METHODS).describe('How the sign-in was proved.'),
    expiresAt: instant.describe('When the sign-in ends, whatever is done with it.'),
    idleSeconds: z.number().int().describe('It ends where nothing is asked with it for so long.'),
    warnSeconds: z.number().int().describe('So long before either end the person is to be told.'),
    previousSignIn: z.object({ at: instant, address: z.string(), method: z.enum(SIGN_IN_METHODS) }).exactOptional(),
  })
  .meta({ id: 'User' });

export type LanguageChoice = z.infer<typeof LanguageChoice>;
export type Duty = z.infer<typeof Duty>;
export type User = z.infer<typeof User>;
