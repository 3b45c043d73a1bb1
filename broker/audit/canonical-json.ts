/**
 * JSON Canonicalization Scheme (RFC 8785): no blanks, members sorted by UTF-16 units; numbers and strings as ECMAScript
 * writes them, which is what the RFC is defined by (3.2.2.2, 3.2.2.3). Members that are undefined are left out.
 * @throws TypeError for a number or a text that JSON cannot carry (RFC 7493): not finite, or a lone surrogate
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('not a finite number');
  if (typeof value === 'string') return canonicalText(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map((member) => canonicalJson(member)).join(',')}]`;
  const members = Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, member] as const]));
  // Without a comparison function, sort() compares UTF-16 units (ECMA-262, 23.1.3.30). Names are unique.
  const names = members.map(([name]) => name).sort();
  const byName = new Map(members);
  return `{${names.map((name) => `${canonicalText(name)}:${canonicalJson(byName.get(name)!)}`).join(',')}}`;
}

function canonicalText(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('lone surrogate in a text');
  return JSON.stringify(text);
}

/** What JSON can say; an undefined member stands for an absent one. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/** Array.isArray does not narrow a readonly array. */
const isList = (value: object): value is readonly Json[] => Array.isArray(value);
