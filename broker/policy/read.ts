import { createHash } from 'node:crypto';
import { LineCounter, isMap, isNode, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { AccessDocument } from './document.ts';
import type { Policy } from './policy.ts';

/** One thing that is wrong in a policy file, with where it stands (both count from 1). */
export type PolicyProblem = { readonly line: number; readonly column: number; readonly cause: string };

/** A policy file that cannot be applied. The message names file, line and cause of each problem. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly problems: readonly PolicyProblem[];

  constructor(file: string, problems: readonly PolicyProblem[]) {
    super(problems.map(({ line, column, cause }) => `${file}:${line}:${column}: ${cause}`).join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads a policy from the bytes of its file.
 * @throws PolicyError
 */
export function readPolicy(file: string, bytes: Buffer): Policy {
  const lineCounter = new LineCounter();
  const document = parseDocument(bytes.toString('utf8'), { lineCounter, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0 || document.warnings.length > 0) {
    throw new PolicyError(file, [...document.errors, ...document.warnings].map((error) => at(lineCounter, error.pos[0], error.message)));
  }
  const checked = AccessDocument.safeParse(document.toJS({ maxAliasCount: 0 }) as unknown);
  if (!checked.success) throw new PolicyError(file, checked.error.issues.map((issue) => problemOf(document, lineCounter, issue)));
  const { networks, zones, durations, seats } = checked.data;
  return {
    version: createHash('sha256').update(bytes).digest('hex'),
    networks: networks.map(({ site, ranges, organisation }) => ({ site, ranges, organisation })),
    everywhereElse: checked.data['everywhere-else'],
    zones,
    seats: { total: seats?.total, organisations: seats?.organisations ?? {} },
    durations,
  };
}

function problemOf(document: Document, lineCounter: LineCounter, issue: z.core.$ZodIssue): PolicyProblem {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  const shown = path.length === 0 ? '' : `${path.join('.')}: `;
  return at(lineCounter, offsetOf(document, path), `${shown}${issue.message}`);
}

/** Where a key's value stands or, for a key that is not there, the nearest thing around it. An unknown key is found by its own place. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const pair = isMap(parent) ? parent.items.find(({ key }) => isNode(key) && String(key) === String(path[length - 1])) : undefined;
    const node: unknown = pair ? pair.key : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function at(lineCounter: LineCounter, offset: number, cause: string): PolicyProblem {
  const { line, col } = lineCounter.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1), cause };
}
