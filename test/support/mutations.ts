import { uniform } from '../../broker/simulation/uniform.ts';

/** Numbers from 0 to 1, the same for the same seed. */
export type Random = { next(): number; below(limit: number): number; oneOf<Item>(items: readonly Item[]): Item };

export function randomOf(seed: number): Random {
  const next = uniform(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  return { next, below, oneOf: (items) => items[below(items.length)]! };
}

/**
 * A body that is nearly the one given, or nothing like it: another type, length or script, NUL, numbers that are none, a field
 * too many or too few, nested without end, cut off, or bytes that are no text. `longest`: in bytes, roughly.
 */
export function mutated(value: unknown, random: Random, longest = 60_000): Buffer {
  return Buffer.from(random.oneOf(MUTATIONS)(value, random, longest));
}

type Mutation = (value: unknown, random: Random, longest: number) => string | Buffer;

const replaceNode: Mutation = (value, random) => JSON.stringify(changed(value, random, () => odd(random)));
const lengthen: Mutation = (value, random, longest) => JSON.stringify(changed(value, random, () => random.oneOf(SCRIPTS).repeat(length(random, longest) / 8)));
const enlarge: Mutation = (value, random, longest) => JSON.stringify(changed(value, random, (before) => Array.from({ length: length(random, longest) / 40 }, () => before))).slice(0, longest);
const addField: Mutation = (value, random) => JSON.stringify(value).replace(/^\{/, () => `{${JSON.stringify(random.oneOf(KEYS))}:${JSON.stringify(odd(random)) ?? 'null'},`);
const repeatField: Mutation = (value) => JSON.stringify(value).replace(/\}$/, () => `,${JSON.stringify(value).slice(1, -1)}}`);
const cutOff: Mutation = (value, random) => random.oneOf([(text: string) => text.slice(0, random.below(text.length)), (text: string) => text.slice(random.below(text.length))])(JSON.stringify(value));
const strangeNumber: Mutation = (value, random) => JSON.stringify(changed(value, random, () => '#number#')).replaceAll('"#number#"', random.oneOf(NUMBERS));
const nest: Mutation = (value, random, longest) => {
  const [open, close] = random.oneOf([['[', ']'], ['{"a":', '}']] as const);
  const depth = Math.floor(length(random, longest) / (open.length + 1));
  return JSON.stringify(changed(value, random, () => '#nest#')).replace('"#nest#"', open.repeat(depth) + random.oneOf(['1', '']) + close.repeat(depth));
};
const dropField: Mutation = (value, random) => {
  const entries = Object.entries(value as object);
  return JSON.stringify(Object.fromEntries(entries.toSpliced(random.below(entries.length), 1)));
};
const spoilBytes: Mutation = (value, random) => {
  const bytes = Buffer.from(JSON.stringify(value));
  for (let count = 1 + random.below(8); count > 0; count -= 1) bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
};
const noise: Mutation = (_value, random, longest) => Buffer.from(Array.from({ length: length(random, longest) / 4 }, () => random.below(256)));
const otherValue: Mutation = (_value, random) => JSON.stringify(odd(random)) ?? '';
const asItIs: Mutation = (value) => JSON.stringify(value);

const MUTATIONS: readonly Mutation[] = [asItIs, replaceNode, replaceNode, replaceNode, lengthen, lengthen, enlarge, addField, repeatField, cutOff, strangeNumber, nest, dropField, spoilBytes, noise, otherValue];

/** The value with one of its parts, or itself, made another. */
function changed(value: unknown, random: Random, make: (before: unknown) => unknown): unknown {
  if (value === null || typeof value !== 'object' || random.below(8) === 0) return make(value);
  const keys = Object.keys(value);
  if (keys.length === 0) return make(value);
  const key = random.oneOf(keys);
  const copy: unknown[] | Record<string, unknown> = Array.isArray(value) ? [...value] : { ...value };
  (copy as Record<string, unknown>)[key] = changed((value as Record<string, unknown>)[key], random, make);
  return copy;
}

/** Mostly short, now and then as long as may be. */
const length = (random: Random, longest: number) => Math.floor(longest ** random.next());

const odd = (random: Random): unknown => random.oneOf(ODD);
const ODD: readonly unknown[] = [null, true, false, 0, -1, 1.5, 1e308, 9_007_199_254_740_991, '', ' ', '0', 'null', '\u0000', 'a\u0000b', '\ud800', '\udfff\ud800', '\u202e', '\ufeff', 'ﬀ', '😀', '\r\n', "'; drop table person; --", '%00', '../..', '$ne', '{{7*7}}', '=1+1', '__proto__', '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '2026-02-30T25:61:61Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999Z', '2026-11-24T00:00:00+09:00', [], [[]], {}, { $ne: null }, { length: 1e9 }, { toString: null }, [null], ['a', 'b']];
const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', '', ' ', 'id', 'organisationId', 'role', 'grants', 'person', 'admin', 'status', '\u0000', '\ud800', 'k'.repeat(3_000)];
const NUMBERS = ['1e400', '-1e400', '-0', '0.1', '1e-400', '00', '01', '+1', '.5', 'NaN', 'Infinity', '-', '0x10', '9223372036854775808', '-9223372036854775809', '4294967296', '1'.repeat(5_000)];
const SCRIPTS = ['a', 'あ', '漢', '👩‍👩‍👧', 'e\u0301', '\u0000', '\u202eabc', '\ud800', ' ', '\n', '%', '"', '\\', "'", '０', '\u2028'];
