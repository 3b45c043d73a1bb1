import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CODES } from '../../../broker/codes.ts';
import { readCases, tryCase } from '../../../broker/policy-cases/index.ts';
import { readPolicy, readPolicyFiles } from '../../../broker/policy/index.ts';
import { SHIPPED } from '../../support/policy.ts';

const policy = readPolicy(await readPolicyFiles(SHIPPED), SHIPPED);
const cases = await readCases(SHIPPED);

describe('the shipped policy', () => {
  it.each(cases.map(({ file, line, one }) => [`${basename(file)}:${line} ${one.name}`, one] as const))('%s', (_, one) => {
    expect(tryCase(one, policy)).toEqual([]);
  });
});

describe('the cases', () => {
  const outcomes = cases.map(({ one }) => one.expected.outcome);

  it('are many, of each outcome, with names of their own in both languages', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(outcomes.filter((outcome) => outcome === 'refuse').length).toBeGreaterThanOrEqual(15);
    expect(outcomes.filter((outcome) => outcome === 'wait').length).toBeGreaterThanOrEqual(10);
    expect(outcomes.filter((outcome) => outcome === 'admit').length).toBeGreaterThanOrEqual(15);
    expect(new Set(cases.map(({ one }) => one.name)).size).toBe(cases.length);
    for (const { one } of cases) expect(one.name).toMatch(/^[^/]*[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][^/]* \/ .*[a-z]/u);
  });

  it('have every reason that a decision may give', () => {
    // Of an open session, not of a request's facts.
    const elsewhere = ['duty-change-ends-session', 'waiting-elsewhere'];
    const reasons = Object.entries(CODES).filter(([code, { support }]) => support.startsWith('SEK-12') && !elsewhere.includes(code)).map(([code]) => code);
    const told = new Set<string>(cases.flatMap(({ one }) => one.expected.reasons ?? []));
    expect(reasons.filter((reason) => !told.has(reason))).toEqual([]);
  });

  it('have every kind of help', () => {
    const told = new Set(cases.flatMap(({ one }) => one.expected.help ?? []).map((help) => help.split(' ')[0]));
    expect(told).toEqual(new Set(['ask', 'duty', 'level', 'seat', 'site', 'time']));
  });
});

describe('files of cases', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sekisho-cases-'));
    await mkdir(join(directory, 'cases'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const write = (text: string) => writeFile(join(directory, 'cases', 'one.yaml'), text);

  it('may be none at all', async () => {
    expect(await readCases(directory)).toEqual([]);
    expect(await readCases(join(directory, 'nowhere'))).toEqual([]);
  });

  it('are told where they stand, and what came of each form of them', async () => {
    await write('# one\ncases:\n  - name: a\n    request: { class: [P0, P3], zone: lgwan, site: [home, office] }\n    expected: { outcome: admit, help: [] }\n');
    const [placed] = await readCases(directory);
    expect(placed).toMatchObject({ file: join(directory, 'cases', 'one.yaml'), line: 3, one: { name: 'a' } });
    const found = 'refuse | registered-device-required | help: level 2';
    expect(tryCase(placed!.one, policy)).toEqual([
      { level: '0', class: 'P0', zone: 'lgwan', site: 'home', expected: 'admit | help: none', found },
      { level: '0', class: 'P3', zone: 'lgwan', site: 'home', expected: 'admit | help: none', found },
    ]);
  });

  it.each([
    ['an unknown key', '{ name: a, gven: {}, expected: { outcome: admit } }', 'gven'],
    ['a reason that there is not', '{ name: a, expected: { outcome: refuse, reasons: [because] } }', 'cases.0.expected.reasons.0'],
    ['a code that is no reason', '{ name: a, expected: { outcome: refuse, reasons: [lease-ended] } }', 'cases.0.expected.reasons.0'],
    ['help of an unknown kind', '{ name: a, expected: { outcome: wait, help: [tea] } }', 'cases.0.expected.help.0'],
    ['no expectation', '{ name: a }', 'expected'],
  ])('with %s are named by file, line and cause', async (_, one, cause) => {
    await write(`cases:\n  - ${one}\n`);
    const escaped = join(directory, 'cases', 'one.yaml');
    await expect(readCases(directory)).rejects.toThrow(`${escaped}:2:`);
    await expect(readCases(directory)).rejects.toThrow(cause);
  });
});
