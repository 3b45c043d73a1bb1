import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, readDocument } from '../../support/documents.ts';

/** Items of the levels 1 and 2 of ASVS 5.0: of each section the last one. */
const LAST: Readonly<Record<string, number>> = { '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5, '6.6': 3, '6.8': 4, '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2, '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1, '10.1': 2, '10.2': 2, '10.3': 4, '10.4': 11, '10.5': 5, '10.6': 2, '10.7': 3, '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3 };
const items = Object.entries(LAST).flatMap(([section, last]) => Array.from({ length: last }, (_, index) => `${section}.${index + 1}`));

const rows = [...readDocument('docs/asvs.md').matchAll(/^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, item = '', asks = '', state = '', evidence = '']) => ({ item, asks, state, evidence }));
const testOf = (evidence: string) => /\]\(\.\.\/(test\/[^)]+)\): “([^”]+)”$/.exec(evidence)?.slice(1) as [string, string] | undefined;

describe('docs/asvs.md', () => {
  it('has a row for each item of the levels 1 and 2, in order', () => expect(rows.map(({ item }) => item)).toEqual(items));

  it('says of each whether it is met, and why where it is not', () => {
    expect(rows.filter(({ state }) => !['met', 'not met', 'not applicable'].includes(state))).toEqual([]);
    expect(rows.filter(({ asks, evidence }) => asks.trim().length < 5 || evidence.trim().length < 5)).toEqual([]);
  });

  it('names for each that is met a test, or the document that the item asks for', () => {
    const met = rows.filter(({ state }) => state === 'met');
    expect(met.length).toBeGreaterThan(20);
    expect(met.filter(({ evidence }) => testOf(evidence) === undefined && !/^written down: \[[^\]]+\]\([^)]+\)$/.test(evidence))).toEqual([]);
  });

  it('names tests that exist, by file and name', () => {
    expect(rows.filter(({ evidence }) => testOf(evidence) !== undefined).length).toBeGreaterThan(20);
    const missing = rows.filter(({ evidence }) => {
      const [file, name] = testOf(evidence) ?? [];
      if (file === undefined || name === undefined) return false;
      const path = join(checkout, file);
      return !existsSync(path) || !new RegExp(`(?:it|describe|\\]\\))\\((['"\`])${escaped(name)}\\1`).test(readFileSync(path, 'utf8').replaceAll("\\'", "'"));
    });
    expect(missing).toEqual([]);
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
