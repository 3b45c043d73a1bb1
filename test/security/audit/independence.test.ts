import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTrail, writeTrail } from '../../support/trail-file.ts';

const VERIFIER = join(import.meta.dirname, '../../../broker/audit/verify');

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-auditor-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it('imports Node.js and itself, and the store in the one module that reads the database', async () => {
  const names = await readdir(VERIFIER);
  expect(names.length).toBeGreaterThan(8);
  for (const name of names) {
    const text = await readFile(join(VERIFIER, name), 'utf8');
    const foreign = [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => match[1]!).filter((path) => !/^(node:[a-z/]+|\.\/[a-z-]+\.ts)$/.test(path));
    expect([name, foreign]).toEqual([name, name === 'database-source.ts' ? ['../../store/index.ts'] : []]);
  }
});

it('runs on an auditor’s machine that has nothing but Node.js, this folder, the export, the heads and the key', async () => {
  const own = join(directory, 'verifier');
  await cp(VERIFIER, own, { recursive: true, filter: (path) => !path.endsWith('database-source.ts') });
  const trail = makeTrail({ lengths: [5, 3] });
  const paths = await writeTrail(directory, trail);
  const verify = () => spawnSync(process.execPath, [join(own, 'main.ts'), '--export', paths.export, '--heads', paths.heads, '--key', paths.key], { encoding: 'utf8', env: {}, cwd: directory });
  const intact = verify();
  expect(intact.stderr).toBe('');
  expect(intact.stdout).toMatch(/^INTACT: /);
  expect(intact.status).toBe(0);

  trail.records.splice(2, 1);
  Object.assign(paths, await writeTrail(directory, trail));
  const cut = verify();
  expect(cut.stdout).toMatch(/^NOT INTACT: [^]*deleted: lane 0, sequence 3: /);
  expect(cut.status).toBe(1);
});
