import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PolicyError, readPolicy, type PolicyProblem } from '../../../broker/policy/read.ts';

const SHIPPED = join(import.meta.dirname, '../../../policies/access.yaml');
const shipped = await readFile(SHIPPED, 'utf8');

function problemsOf(text: string): readonly PolicyProblem[] {
  try {
    readPolicy('access.yaml', Buffer.from(text));
  } catch (error) {
    if (error instanceof PolicyError) return error.problems;
    throw error;
  }
  return [];
}

/** The shipped policy with one line changed, and the number of that line. */
function changed(from: string, to: string): [string, number] {
  expect(shipped).toContain(from);
  return [shipped.replace(from, to), shipped.slice(0, shipped.indexOf(from)).split('\n').length];
}

describe('the policy file', () => {
  it('that is shipped can be read, and its version is the SHA-256 of its bytes', () => {
    const policy = readPolicy(SHIPPED, Buffer.from(shipped));
    expect(policy.version).toBe(createHash('sha256').update(shipped).digest('hex'));
    expect(policy.durations).toEqual({ lease: 28_800, unused: 120, parking: 90 });
    expect(policy.everywhereElse).toBe('home');
    expect(policy.seats).toEqual({ total: 500, organisations: {} });
  });

  it.each<[string, string, string, string]>([
    ['a misspelt zone', '  lgwan:', '  lgwann:', 'Unrecognized key'],
    ['an unknown access', '    home: allow', '    home: yes-please', 'Invalid option'],
    ['a range that is none', 'networks: []', 'networks: [{site: office, ranges: [10.0.0.0]}]', 'CIDR'],
    ['a range of a shortened address', 'networks: []', 'networks: [{site: office, ranges: [10/8]}]', 'CIDR'],
    ['a range with bits behind its prefix', 'networks: []', 'networks: [{site: office, ranges: [10.0.0.1/8]}]', '10.0.0.0/8 is the network'],
    ['a duration without a unit', '  lease: 8h', '  lease: 8', 'expected string'],
    ['a lease longer than a day', '  lease: 8h', '  lease: 25h', 'between 1 s and 86400 s'],
    ['a default site that adds rights', 'everywhere-else: home', 'everywhere-else: office', 'adds no rights'],
    ['a negative number of seats', '  total: 500', '  total: -1', 'Too small'],
    ['YAML that is broken', 'networks: []', 'networks: [', 'Flow sequence'],
    ['a key given twice', '  total: 500', '  total: 500\n  total: 600', 'unique'],
  ])('names file, line and cause of %s', (_, from, to, cause) => {
    const [text, line] = changed(from, to);
    const problem = problemsOf(text).find((one) => one.cause.includes(cause));
    expect(problem?.line).toBeGreaterThanOrEqual(line);
    expect(problem?.line).toBeLessThanOrEqual(line + 3);
    expect(() => readPolicy('dir/access.yaml', Buffer.from(text))).toThrow(/^dir\/access\.yaml:\d+:\d+: /);
  });

  it.each([
    ['my-number', 'home', 'allow'],
    ['my-number', 'home', 'exception'],
    ['my-number', 'evacuation-site', 'registered-device'],
    ['my-number', 'satellite-office', 'exception'],
    ['my-number', 'other', 'allow'],
    ['my-number', 'alternative-office', 'allow'],
    ['my-number', 'alternative-office', 'registered-device'],
    ['lgwan', 'home', 'allow'],
    ['lgwan', 'evacuation-site', 'allow'],
    ['lgwan', 'other', 'allow'],
  ])('cannot loosen the %s zone at the site %s to %s', (zone, site, access) => {
    const lines = shipped.split('\n');
    const start = lines.indexOf(`  ${zone}:`);
    const at = lines.findIndex((line, number) => number > start && line.startsWith(`    ${site}:`));
    lines[at] = `    ${site}: ${access}`;
    expect(problemsOf(lines.join('\n'))).toEqual([{ line: at + 1, column: 5, cause: expect.stringContaining('or stricter') as unknown }]);
  });

  it('names a site that is missing from a zone', () => {
    const [text] = changed('    satellite-office: allow\n', '');
    expect(problemsOf(text)[0]?.cause).toContain('satellite-office');
  });

  it('is not an empty file, a list or an alias bomb', () => {
    for (const text of ['', '- 1', 'a: &a [1]\nb: *a']) expect(() => readPolicy('access.yaml', Buffer.from(text))).toThrow();
  });
});
