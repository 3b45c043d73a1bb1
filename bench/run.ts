// `npm run bench [-- NAME] [--json]`: every benchmark, or the named one, each in a process of its own. Only ratios within one run count.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const [name, ...rest] = process.argv.slice(2).filter((word) => word !== '--');
const benchmarks = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.replace('.ts', ''));
const all = name === undefined || name.startsWith('--');

if (!all && !benchmarks.includes(name)) {
  console.error(`There is no benchmark "${name}". There are: ${benchmarks.join(', ')}.`);
  process.exit(2);
}
for (const benchmark of all ? benchmarks : [name]) {
  if (all) console.log(`# ${benchmark}`);
  const words = all && name !== undefined ? [name, ...rest] : rest;
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${benchmark}.ts`), ...words], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
