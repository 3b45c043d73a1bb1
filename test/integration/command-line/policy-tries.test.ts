import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

const ROOT = join(import.meta.dirname, '../../..');
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-simulate-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const SCENARIO = `name: 小さな町
organisation: ひがし町
hours: 6
levels: [{ level: 2, from: 0 }]
groups:
  - { duty: 避難所, class: P1, people: 10, asks: { from: 0, to: 2 }, stays: { typically: 2 } }
  - { duty: 統計, class: P5, people: 20, asks: { from: 0, to: 3 }, stays: { typically: 3 }, patience: 2 }
`;
const simulate = (...words: string[]) => spawnSync(process.execPath, [join(ROOT, 'bin/sekisho.ts'), 'policy', 'simulate', ...words], { encoding: 'utf8', env: { ...process.env, LANG: 'ja_JP.UTF-8' } });

describe('sekisho policy simulate', () => {
  it('compares two capacities: a row for each duty, a file for Excel and a picture', async () => {
    const scenario = join(directory, 'scenario.yaml');
    await writeFile(scenario, SCENARIO);
    const [csv, chart] = [join(directory, 'waits.csv'), join(directory, 'waits.svg')];
    const { status, stdout, stderr } = simulate(scenario, '--policy', join(ROOT, 'policies/examples/two-towns'), '--seats', '90', '--seats-against', '120', '--csv', csv, '--chart', chart, '--json');
    expect([status, stderr]).toEqual([0, '']);
    const { items } = JSON.parse(stdout) as { items: { policy: string; duty: string; people: number }[] };
    expect(items.map(({ policy, duty, people }) => [policy, duty, people])).toEqual([
      ['two-towns · 90', '避難所', 10],
      ['two-towns · 90', '統計', 20],
      ['two-towns · 120', '避難所', 10],
      ['two-towns · 120', '統計', 20],
    ]);
    const written = await readFile(csv, 'utf8');
    expect(written.startsWith('\uFEFFpolicy,class,duty,people')).toBe(true);
    expect(written.split('\r\n')).toHaveLength(6);
    expect(await readFile(chart, 'utf8')).toMatch(/^<svg [^>]*>[\s\S]*P1 避難所/u);
  });

  it('names file, line and column of a scenario that cannot be read, and does nothing', async () => {
    const scenario = join(directory, 'wrong.yaml');
    await writeFile(scenario, SCENARIO.replace('class: P1', 'class: P9'));
    const { status, stdout, stderr } = simulate(scenario, '--policy', join(ROOT, 'policies/examples/two-towns'));
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(`${scenario}:6:`);
    expect(simulate(join(directory, 'none.yaml')).status).not.toBe(0);
    expect(simulate(scenario, '--seats', 'many', '--policy', join(ROOT, 'policies/examples/two-towns')).status).not.toBe(0);
  });
});

describe('sekisho policy explain', () => {
  it('shows each check of a described request, and how the seats were reckoned', async () => {
    const file = join(directory, 'request.yaml');
    await writeFile(file, "cases:\n  - name: 避難所の運営\n    given: { level: 2, onset: 2, taken: { total: 495 } }\n    request: { class: P1, zone: lgwan, site: home }\n    expected: { outcome: wait }\n");
    const explain = (...words: string[]) => spawnSync(process.execPath, [join(ROOT, 'bin/sekisho.ts'), 'policy', 'explain', file, '--policy', join(ROOT, 'policies'), ...words], { encoding: 'utf8', env: { ...process.env, LANG: 'ja_JP.UTF-8' } });
    const text = explain();
    expect([text.status, text.stderr]).toEqual([0, '']);
    expect(text.stdout).toMatch(/■ 避難所の運営 \(P1, lgwan, home\)[\s\S]*× seats: seats-reserved \(SEK-1218\)[\s\S]*500/u);
    const { items } = JSON.parse(explain('--json').stdout) as { items: Record<string, unknown>[] };
    expect(items).toMatchObject([{ outcome: 'wait', reasons: ['seats-reserved'], level: '2', dueAt: null, makesOthersYield: true }]);
  });
});
