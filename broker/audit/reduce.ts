import type { Fields, Plain } from './event.ts';

/** Stands where a value may not be kept. */
export const REDACTED = '[redacted]';

/** The longest text kept, in UTF-16 units; the rest is cut off and the cut is marked. */
const LONGEST_TEXT = 1_000;
/** The most members of a list or an object that are kept. */
const MOST_MEMBERS = 200;
const DEEPEST = 5;

/** Leaves of each value what its classification allows, and of an unclassified one only that it was there. */
export function reduce(fields: Fields, values: Readonly<Record<string, unknown>>): Record<string, Plain> {
  const kept: Record<string, Plain> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const classification = Object.hasOwn(fields, name) ? fields[name]?.classification : undefined;
    if (classification === 'length-only') kept[`${name}Length`] = typeof value === 'string' ? [...value].length : REDACTED;
    else kept[name] = classification === undefined ? REDACTED : plain(value, 0);
  }
  return kept;
}

/** Texts from outside become harmless text (well-formed, no NUL, bounded); what is no plain value is not kept. */
function plain(value: unknown, depth: number): Plain {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string') return text(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || depth >= DEEPEST) return REDACTED;
  if (Array.isArray(value)) return value.slice(0, MOST_MEMBERS).map((member) => plain(member, depth + 1));
  if (!isRecord(value)) return REDACTED;
  const members = Object.entries(value).filter(([, member]) => member !== undefined).slice(0, MOST_MEMBERS);
  return Object.fromEntries(members.map(([name, member]) => [text(name), plain(member, depth + 1)]));
}

function text(value: string): string {
  const cut = value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  return cut.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** Class instances (buffers, maps, errors) have no place in an event. */
function isRecord(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
