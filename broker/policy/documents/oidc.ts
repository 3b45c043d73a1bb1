import { z } from 'zod';
import { ROLES } from '../../vocabulary.ts';
import { DAY, duration, organisation, priorityClass, registeredName, text } from './parts.ts';

export const SIGNATURES = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

/** Roles that can neither approve, nor stop everybody, nor give roles: what a group at a provider may decide. */
export const ROLES_BY_CLAIM = ['staff', 'unit-head', 'shelter-manager', 'auditor'] as const;

const claim = (description: string) => z.string().regex(/^[A-Za-z0-9_.:/-]{1,200}$/, 'the name of a claim').meta({ description });
const values = (description: string) => z.array(z.string().min(1).max(200)).min(1).max(20).meta({ description });
const unitPath = z.array(registeredName('A unit, from the top down')).min(1).max(10);

const issuer = z
  .url({ protocol: /^https$/, error: 'an address that begins with https://' })
  .max(500)
  .refine((address) => !/[?#@]/.test(address), 'nothing but host and path')
  .meta({ description: 'As the provider names itself, to the letter' });

const secondFactor = z
  .strictObject({
    acr: values('Any of these values of acr says so').exactOptional(),
    amr: values('All of these values of amr together say so').exactOptional(),
    'max-age': duration(60, DAY).meta({ description: 'How long ago people may have proved themselves to the provider; it is asked for' }),
  })
  .refine(({ acr, amr }) => acr !== undefined || amr !== undefined, 'acr, amr or both')
  .meta({ description: 'When the word of the provider stands for the second factor. Absent: the person’s own second factor always follows' });

const create = z
  .strictObject({
    username: claim('Its value becomes the username'),
    'display-name': claim('Its value becomes the name that is shown'),
    unit: z.strictObject({
      claim: claim('Its value says which unit').exactOptional(),
      units: z.array(z.strictObject({ is: z.string().min(1).max(200), path: unitPath })).max(500).exactOptional(),
      otherwise: unitPath.exactOptional().meta({ description: 'Absent: nobody is created whose unit is not named' }),
    }),
  })
  .meta({ description: 'Accounts for people who were not there yet, with the role staff. Absent: none is made' });

const provider = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens').meta({ description: 'Part of the redirect address, and the name of the file with the client secret' }),
  name: text(40, 'On the button'),
  organisation,
  issuer,
  'client-id': z.string().min(1).max(200),
  'signed-with': z.enum(SIGNATURES).exactOptional().meta({ description: 'The one algorithm of its tokens; RS256 unless said otherwise' }),
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, 'a scope')).max(20).exactOptional().meta({ description: 'Besides openid; profile unless said otherwise' }),
  link: z.strictObject({ claim: claim('Compared with the name that an administrator gave the account for its provider') }).exactOptional(),
  create: create.exactOptional(),
  roles: z
    .array(z.strictObject({ claim: claim('A text, or a list of texts such as groups'), is: z.string().min(1).max(200), role: z.enum(ROLES_BY_CLAIM) }))
    .max(100)
    .exactOptional()
    .meta({ description: 'Roles that follow from claims: given and taken away at each sign-in by this provider. unit-head is for the person’s unit. Absent: none is' }),
  'second-factor': secondFactor.exactOptional(),
});

/** Identity providers (OpenID Connect). Client secrets have no place here. */
export const oidc = z.strictObject({
  required: z.boolean().meta({ description: 'Whoever belongs to an organisation with a provider signs in there, and not by password' }),
  'local-always': z.array(z.enum(ROLES)).meta({ description: 'Roles that may sign in by password all the same' }),
  'local-while-down': z.array(priorityClass).meta({ description: 'Classes of duties whose people may sign in by password while no provider of theirs answers' }),
  providers: z.array(provider).max(50),
});
