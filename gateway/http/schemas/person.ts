import { z } from 'zod';
import { askedInstant, count, id, instant, language, named, next, paging, priorityClass, reason, role, status, typed } from './words.ts';

export const PersonListed = z
  .object({
    id,
    username: z.string(),
    displayName: z.string(),
    unitId: id,
    unitName: z.string(),
    status,
    signIn: z.enum(['ready', 'invited', 'none']).describe('`ready`: has a password and an authenticator; `invited`: an invitation is open.'),
    roles: z.array(role),
    duties: z.array(z.object({ id, name: z.string(), class: priorityClass })),
    desktops: count,
    loan: z.object({ from: z.string(), endsAt: instant }).exactOptional().describe('Loaned staff: the account ends by itself.'),
  })
  .meta({ id: 'PersonListed' });
export const PeopleList = z.object({ items: z.array(PersonListed), next }).meta({ id: 'PeopleList' });

export const PersonDetails = PersonListed.extend({
  language,
  grants: z.array(z.object({ id, role, unitId: id.nullable(), unitName: z.string().nullable(), grantedAt: instant, grantedBy: z.string().nullable(), provider: z.string().nullable().describe('The identity provider whose claims gave it, and take it away again.') })),
  desktopNames: z.array(z.string()),
  lastSignInAt: instant.exactOptional(),
}).meta({ id: 'PersonDetails' });

export const PeopleQuery = z.strictObject({
  search: typed(200).exactOptional(),
  unitId: id.exactOptional(),
  status: status.exactOptional(),
  role: role.exactOptional(),
  dutyId: id.exactOptional(),
  loaned: z.enum(['yes', 'no']).exactOptional().describe('Accounts that end by themselves, or those that do not.'),
  ...paging,
});
export const NewPerson = z.strictObject({ unitId: id, username: named(100), displayName: named(200), language: language.exactOptional(), loan: z.strictObject({ from: named(200), endsAt: askedInstant }).exactOptional() }).meta({ id: 'NewPerson' });
export const TermChange = z.strictObject({ endsAt: askedInstant, reason }).meta({ id: 'TermChange' });
export const PersonChange = z.strictObject({ displayName: named(200).exactOptional(), unitId: id.exactOptional(), language: language.exactOptional() }).meta({ id: 'PersonChange' });
export const RoleGrant = z.strictObject({ role, unitId: id.nullable().describe('Null: the whole organisation.') }).meta({ id: 'RoleGrant' });
export const InvitationLink = z.object({ path: z.string().describe('Of this service; shown once.'), expiresAt: instant }).meta({ id: 'InvitationLink' });

export const GrantParameters = z.strictObject({ id, grantId: id });
export const HeldDutyParameters = z.strictObject({ id, dutyId: id });

export type PersonListed = z.infer<typeof PersonListed>;
export type PeopleList = z.infer<typeof PeopleList>;
export type PersonDetails = z.infer<typeof PersonDetails>;
export type NewPerson = z.infer<typeof NewPerson>;
export type PersonChange = z.infer<typeof PersonChange>;
export type RoleGrant = z.infer<typeof RoleGrant>;
export type InvitationLink = z.infer<typeof InvitationLink>;
