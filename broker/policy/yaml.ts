import { LineCounter, isAlias, isCollection, isMap, isNode, isScalar, parseDocument, visit, type Document } from 'yaml';
import type { z } from 'zod';

type Problem = { readonly line: number; readonly column: number; readonly cause: string };

/** What a file says, or what is wrong with it. `at` finds the place of a path in it. */
export type Parsed<Said> = { readonly said: Said; readonly at: (path: readonly PropertyKey[], cause: string) => Problem } | { readonly problems: readonly Problem[] };

/** In bytes: many times what ten thousand networks take. */
export const LARGEST_FILE = 1_048_576;
/** Of many problems the first ones; the rest mostly follow from them. */
const TOLD = 20;

/** Reads one YAML file as a document has it. */
export function parseYaml<Schema extends z.ZodType>(bytes: Buffer, schema: Schema): Parsed<z.infer<Schema>> {
  const decoded = decode(bytes);
  if ('problem' in decoded) return { problems: [decoded.problem] };
  const lineCounter = new LineCounter();
  const document = parseDocument(decoded.text, { lineCounter, prettyErrors: false, uniqueKeys: false });
  const wrong = [...document.errors.map(({ pos, message }) => ({ offset: pos[0], cause: message })), ...document.warnings.map(({ pos, message }) => ({ offset: pos[0], cause: message })), ...notForPolicies(document)];
  if (wrong.length > 0) return { problems: wrong.slice(0, TOLD).map(({ offset, cause }) => place(lineCounter, offset, cause)) };
  const checked = schema.safeParse(document.toJS({ maxAliasCount: 0 }) as unknown);
  const at = (path: readonly PropertyKey[], cause: string) => place(lineCounter, offsetOf(document, path), `${path.length === 0 ? '' : `${path.join('.')}: `}${cause}`);
  if (checked.success) return { said: checked.data, at };
  return { problems: checked.error.issues.slice(0, TOLD).map((issue) => at(issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path, issue.message)) };
}

/** UTF-8 without control characters, which no editor shows. */
function decode(bytes: Buffer): { readonly text: string } | { readonly problem: Problem } {
  const problem = (cause: string, line = 1, column = 1) => ({ problem: { line, column, cause } });
  if (bytes.length > LARGEST_FILE) return problem(`larger than ${LARGEST_FILE} bytes`);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    const at = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    if (at === -1) return { text };
    const before = text.slice(0, at).split('\n');
    return problem('a control character, which no text has', before.length, (before.at(-1)?.length ?? 0) + 1);
  } catch {
    return problem('not text in UTF-8');
  }
}

/** What YAML knows and a policy has no use for: a reader must not have to look elsewhere for what a line says. */
function notForPolicies(document: Document): { readonly offset: number; readonly cause: string }[] {
  const found: { offset: number; cause: string }[] = [];
  const add = (node: unknown, cause: string) => void found.push({ offset: isNode(node) ? (node.range?.[0] ?? 0) : 0, cause });
  if (document.directives?.yaml.explicit === true) add(undefined, 'a %YAML directive is not read');
  visit(document, {
    Alias: (_key, node) => add(node, 'aliases (*) are not read: write it out'),
    Value: (_key, node) => void (node.anchor !== undefined && add(node, 'anchors (&) are not read')),
    Map: (_key, { items }) => {
      const keys = new Set<string>();
      for (const { key } of items) {
        const cause = isAlias(key) ? undefined : wrongKey(key, keys);
        if (cause !== undefined) add(key, cause);
      }
    },
  });
  return found;
}

/** @param before the keys of the same map before it; `0` and `'0'` are one key, of which one value would silently be lost */
function wrongKey(key: unknown, before: Set<string>): string | undefined {
  if (!isScalar(key)) return 'a key is a word or a number';
  const { value, source } = key;
  const name = String(value);
  if (typeof value !== 'string' && name !== source) return 'this key can be read in two ways: put it in quotation marks';
  if (name === '__proto__') return 'no name for anything';
  if (before.has(name)) return 'keys are unique, and this one stands above already';
  before.add(name);
  return undefined;
}

/** Where a key's value stands or, for a key that is not there, the nearest thing around it. An unknown key is found by its own place. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = length === 1 ? document.contents : nodeAt(document, path.slice(0, length - 1));
    const pair = isMap(parent) ? parent.items.find(({ key }) => isNode(key) && String(key) === String(path[length - 1])) : undefined;
    const node: unknown = pair ? pair.key : nodeAt(document, path.slice(0, length));
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** Keys such as `0` are numbers in YAML and texts in a path. */
function nodeAt(document: Document, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((node, key) => {
    if (isMap(node)) return node.items.find((pair) => isNode(pair.key) && String(pair.key) === String(key))?.value;
    return isCollection(node) ? node.get(key, true) : undefined;
  }, document.contents);
}

function place(lineCounter: LineCounter, offset: number, cause: string): Problem {
  const { line, col } = lineCounter.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1), cause };
}
