import { FIELDS } from './fields.ts';
import { scrub } from './scrub.ts';

const REDACTED = '[redacted]';
const DEEPEST = 4;
const MOST_MEMBERS = 100;
const LONGEST_STACK = 8_000;

type Options = { /** Whether errors are written with their stack. */ readonly stacks: boolean };

/** Leaves of each field what its classification allows, at every depth; of an unknown one only its name. */
export function redactFields(fields: Readonly<Record<string, unknown>>, options: Options): Record<string, unknown> {
  return members(fields, options, 0);
}

function members(value: object, options: Options, depth: number): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value).slice(0, MOST_MEMBERS)) {
    if (member === undefined) continue;
    // A name can be as bad as a value where it comes from outside.
    if (RESERVED.has(name) || !FIELDS.has(name)) kept[/^[A-Za-z][A-Za-z0-9-]{0,40}$/.test(name) && !RESERVED.has(name) ? name : 'other'] = REDACTED;
    else kept[name] = field(name, member, options, depth);
  }
  return kept;
}

/** Belong to the line itself. */
const RESERVED: ReadonlySet<string> = new Set(['at', 'level', 'message']);

function field(name: string, value: unknown, options: Options, depth: number): unknown {
  switch (FIELDS.get(name)) {
    case 'error':
      return value instanceof Error || isErrorLike(value) ? describeError(value, options, 0) : REDACTED;
    case 'length-only':
      return typeof value === 'string' ? { length: [...value].length } : REDACTED;
    case 'counts':
      return counts(value);
    default:
      return plain(value, options, depth);
  }
}

/** Numbers by kind; a kind that is not one of the program's own names is left out, and so is what is no number. */
function counts(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return REDACTED;
  const kept: Record<string, Record<string, number>> = {};
  for (const [kind, numbers] of Object.entries(value).slice(0, MOST_MEMBERS)) {
    if (!KIND.test(kind) || typeof numbers !== 'object' || numbers === null) continue;
    kept[kind] = Object.fromEntries(Object.entries(numbers).filter(([name, number]) => FIELDS.has(name) && typeof number === 'number')) as Record<string, number>;
  }
  return kept;
}

const KIND = /^(client|server):[a-z][a-z-]{0,30}$/;

function plain(value: unknown, options: Options, depth: number): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return scrub(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof value !== 'object' || depth >= DEEPEST) return REDACTED;
  if (Array.isArray(value)) return value.slice(0, MOST_MEMBERS).map((member) => plain(member, options, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null ? members(value, options, depth + 1) : REDACTED;
}

type ErrorLike = { name: string; message: string; stack?: unknown; code?: unknown; cause?: unknown };

/** Errors of another realm are no instances of this one's Error. */
function isErrorLike(value: unknown): value is ErrorLike {
  return typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string' && 'name' in value && typeof value.name === 'string';
}

/** Its other members (a query, a request, the row that was refused) are left out. */
function describeError(error: ErrorLike, options: Options, depth: number): Record<string, unknown> {
  const { code, cause } = error;
  return {
    name: scrub(error.name, 100),
    message: scrub(error.message),
    ...((typeof code === 'string' || typeof code === 'number') && { code: typeof code === 'string' ? scrub(code, 100) : code }),
    ...(options.stacks && typeof error.stack === 'string' && { stack: scrub(error.stack, LONGEST_STACK) }),
    ...(depth < DEEPEST && isErrorLike(cause) && { cause: describeError(cause, options, depth + 1) }),
  };
}
