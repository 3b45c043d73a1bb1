// `npm run prove:fresh`: proves, in a Debian 12 that has only git, Node.js 20 and npm, that a fresh clone sets itself up.
// Runs as root on Node.js 20, with debootstrap. It takes the better part of an hour and is no part of `npm test`.
//
//   prove:fresh -- [--uncommitted] [--keep] [SCENARIO…]
//
// Each scenario has a fresh root and clone: interrupted twice on the way, then run whole, then run once more.
//   root-test root-demo   as root, in root's home that nobody else may enter
//   user-test user-demo   as an ordinary user with sudo
//   root-parts user-parts the set-up and the real parts only
// `--uncommitted` clones what the working tree holds. `--keep` leaves the roots for a look inside.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeBaseRoot } from './base-root.js';
import { enterRoot } from './enter-root.js';
import { proveDemo } from './prove-demo.js';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
/** Outside of the checkout, where tools would look through the roots. */
const store = '/var/cache/sekisho-prove';
const PARTS = 'npm test -- test/integration/parts test/integration/store/embedded-postgres';

/** @type {Record<string, { user: string, command: string }>} */
const SCENARIOS = {
  'root-test': { user: 'root', command: 'npm test' },
  'user-test': { user: 'worker', command: 'npm test' },
  'root-demo': { user: 'root', command: 'npm run demo' },
  'user-demo': { user: 'worker', command: 'npm run demo' },
  'root-parts': { user: 'root', command: PARTS },
  'user-parts': { user: 'worker', command: PARTS },
};

const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const names = chosen.length > 0 ? chosen : ['root-test', 'user-test', 'root-demo', 'user-demo'];

mkdirSync(store, { recursive: true });
makeBaseRoot(join(store, 'base'));
const repository = options.includes('--uncommitted') ? cloneOfWorkingTree() : checkout;
for (const name of names) await prove(name);
console.log(`\nProved: ${names.join(', ')}`);

async function prove(/** @type {string} */ name) {
  const scenario = SCENARIOS[name];
  if (!scenario) throw new Error(`No such scenario: ${name}. There are: ${Object.keys(SCENARIOS).join(' ')}`);
  const root = join(store, name);
  rmSync(root, { recursive: true, force: true });
  execFileSync('cp', ['-a', '--reflink=auto', join(store, 'base'), root]);
  execFileSync('chmod', ['700', join(root, 'root')]);
  const inside = enterRoot({ root, user: scenario.user, repository, downloads: join(store, 'downloads') });

  title(`${name}: clone`);
  expectCode(await inside.run('git clone --quiet /mnt/repository ~/sekisho'), 0);
  for (const [seconds, signal] of /** @type {const} */ ([[8, 'KILL'], [45, 'INT']])) {
    title(`${name}: ${scenario.command}, interrupted after ${seconds} s by SIG${signal}`);
    await inside.run(`cd ~/sekisho && ${scenario.command}`, { interrupt: { seconds, signal } });
  }
  for (const time of ['whole', 'again']) {
    title(`${name}: ${scenario.command}, ${time}`);
    const began = Date.now();
    if (scenario.command.endsWith('demo')) await proveDemo(inside);
    else expectCode(await inside.run(`cd ~/sekisho && ${scenario.command}`), 0);
    title(`${name}: ${time} took ${Math.round((Date.now() - began) / 1000)} s`);
  }
  const left = await inside.run('! grep sekisho-d /etc/passwd && ! ls -d /tmp/sekisho-*');
  expectCode(left, 0);
  if (!options.includes('--keep')) rmSync(root, { recursive: true, force: true });
}

/** A repository with one commit more than this one: what the working tree holds. */
function cloneOfWorkingTree() {
  const clone = mkdtempSync(join(tmpdir(), 'sekisho-working-tree-'));
  // For the ordinary user, too.
  chmodSync(clone, 0o755);
  process.on('exit', () => rmSync(clone, { recursive: true, force: true }));
  const files = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: checkout, encoding: 'utf8' }).split('\0');
  const there = files.filter((file) => file !== '' && existsSync(join(checkout, file)));
  execFileSync('sh', ['-c', 'tar --null --files-from=- -cf - | tar -C "$0" -xf -', clone], { cwd: checkout, input: there.join('\0') });
  const git = ['-c', 'user.name=prover', '-c', 'user.email=prover@example.invalid', '-c', 'init.defaultBranch=main'];
  for (const words of [['init', '-q'], ['add', '-A'], ['commit', '-q', '-m', 'Working tree']]) execFileSync('git', [...git, ...words], { cwd: clone });
  return clone;
}

function title(/** @type {string} */ text) {
  console.log(`\n=== ${text}`);
}

function expectCode(/** @type {number} */ code, /** @type {number} */ wanted) {
  if (code !== wanted) throw new Error(`ended with ${code}, not ${wanted}`);
}
