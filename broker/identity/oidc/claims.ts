import type { CreationRules, RoleByClaim } from '../../policy/index.ts';

export type Claims = Readonly<Record<string, unknown>>;

const LONGEST = 255;

/** A claim that can name somebody: a text or a whole number, not empty and not too long. Everything else is no claim. */
export const claimOf = (claims: Claims, name: string): string | undefined => textOf(valueOf(claims, name));

const valueOf = (claims: Claims, name: string): unknown => (Object.hasOwn(claims, name) ? claims[name] : undefined);

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'string' || !value.isWellFormed() || /\p{Cc}/u.test(value)) return undefined;
  const text = compared(value);
  return text === '' || text.length > LONGEST ? undefined : text;
}

/** As policy and claims are compared: the same however it was typed. */
const compared = (text: string): string => text.normalize('NFKC').trim();

/** A claim that is compared to the letter, such as a subject: a text as it is, not empty, not too long, and one that a database can hold. */
export function exactClaim(claims: Claims, name: string): string | undefined {
  const value = valueOf(claims, name);
  return typeof value === 'string' && value !== '' && value.length <= LONGEST && value.isWellFormed() && !/\p{Cc}/u.test(value) ? value : undefined;
}

/** The names of the unit, from the top down, in which the account is to be made. Undefined: in none. */
export function unitOf(claims: Claims, { unitClaim, units, otherwise }: CreationRules): readonly string[] | undefined {
  const value = unitClaim === undefined ? undefined : claimOf(claims, unitClaim);
  const named = value === undefined ? undefined : units.find(({ is }) => compared(is) === value);
  return named?.path ?? otherwise;
}

/** Of a list no more is read. */
const MOST_GROUPS = 1_000;

/** The roles that policy lets follow from what the claims say. A claim may be a text or a list of texts; what else a list has is passed over. */
export function rolesOf(claims: Claims, rules: readonly RoleByClaim[]): readonly RoleByClaim['role'][] {
  const values = new Map([...new Set(rules.map(({ claim }) => claim))].map((claim) => [claim, valuesOf(claims, claim)]));
  const found = rules.filter(({ claim, is }) => values.get(claim)?.has(compared(is)));
  return [...new Set(found.map(({ role }) => role))];
}

function valuesOf(claims: Claims, name: string): ReadonlySet<string> {
  const value = valueOf(claims, name);
  const list: readonly unknown[] = Array.isArray(value) ? value.slice(0, MOST_GROUPS) : [value];
  return new Set(list.map(textOf).filter((one) => one !== undefined));
}
