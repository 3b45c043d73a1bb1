// `npm run check`: types, lint, boundaries, unused code. Every step runs even when an earlier one failed.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const sources = ['gateway', 'broker', 'certs', 'bin', 'scripts', 'web-client', 'test', 'bench'];

/** @type {[string, () => boolean][]} */
const steps = [
  ['types of the server, tests and scripts', () => run('tsc', ['--noEmit', '-p', 'tsconfig.json'])],
  ['types of the web client', () => run('tsc', ['--noEmit', '-p', 'web-client/tsconfig.json'])],
  ['lint', () => run('oxlint', ['--type-aware', '--deny-warnings'])],
  ['boundaries', checkBoundaries],
  ['unused code', () => run('knip', [])],
];

let failed = 0;
for (const [name, step] of steps) {
  const began = performance.now();
  const ok = step();
  if (!ok) failed += 1;
  console.log(`${ok ? '✔' : '✘'} ${name} (${Math.round((performance.now() - began) / 100) / 10} s)`);
}
process.exitCode = failed === 0 ? 0 : 1;

function run(tool, args) {
  return spawnSync(join(root, 'node_modules', '.bin', tool), args, { cwd: root, stdio: 'inherit' }).status === 0;
}

/** The boundary tool says all is well where it saw nothing, so what it saw is compared with the files there are. */
function checkBoundaries() {
  const result = spawnSync(join(root, 'node_modules', '.bin', 'depcruise'), [...sources, '--output-type', 'json'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (!result.stdout) {
    console.error(result.stderr);
    return false;
  }
  const { modules, summary } = JSON.parse(result.stdout);
  for (const violation of summary.violations) console.error(`  ${violation.rule.severity} ${violation.rule.name}: ${violation.from} → ${violation.to}`);
  const seen = new Set(modules.map((module) => module.source));
  const missed = sources.flatMap(sourceFiles).filter((file) => !seen.has(file));
  for (const file of missed) console.error(`  not seen by the boundary check: ${file}`);
  return summary.error === 0 && missed.length === 0;
}

function sourceFiles(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|js)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file));
}
