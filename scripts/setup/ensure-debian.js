// Debian's packages for the real parts. They are named first; what is there is left alone.
import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserNeeds, desktopNeeds, guacdNeeds } from './debian-packages.js';
import { root } from './place.js';
import { SetUpError } from './progress.js';
import { run } from './run.js';

/** @typedef {import('./debian-packages.js').Need} Need */

/**
 * @param {import('./progress.js').Progress} progress
 * @param {{ browser: boolean }} wanted whether a browser is needed as well
 * @throws {SetUpError} where something is missing and cannot be installed; the message says what, and the ways out
 */
export async function ensureDebian(progress, { browser }) {
  const given = process.env['SEKISHO_GUACD'] ?? '';
  const needs = [...desktopNeeds, ...(given === '' ? guacdNeeds : []), ...(browser ? browserNeeds : [])];
  const debian = isDebian();
  const missing = debian ? await missingPackages(needs) : needs.filter(({ program }) => program !== undefined && !isOnPath(program));
  if (missing.length === 0) {
    progress.step(`Debian packages: complete${given === '' ? '' : `, guacd is ${given}`}`);
    await mayBecomeRoot(debian, []);
    return;
  }

  progress.step(`Debian packages: ${missing.length} to install`);
  for (const { name, why } of missing) progress.say(`${name}: ${why}`);
  if (!debian) throw new SetUpError(waysOut(missing, 'This machine is not a Debian, so nothing is installed here.'));
  const asRoot = await mayBecomeRoot(debian, missing);
  const names = missing.map(({ name }) => name);
  const installer = join(root, 'scripts', 'setup', 'install-debian.js');
  const { code, output } = await run([...asRoot, process.execPath, installer, ...names], { onLine: (line) => progress.say(line) });
  if (code !== 0) throw new SetUpError(waysOut(missing, `Installing did not succeed: ${output.split('\n').slice(-3).join(' ')}`));
  const still = await missingPackages(needs);
  if (still.length > 0) throw new SetUpError(waysOut(still, 'Installing ended well, but these are still not in order.'));
}

/**
 * Words to put before a command that needs root. The RDP desktop needs it even where all packages are there.
 *
 * @param {boolean} debian
 * @param {readonly Need[]} missing
 */
async function mayBecomeRoot(debian, missing) {
  if (process.getuid?.() === 0) return [];
  const proxies = ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => (process.env[name] ? [`${name}=${process.env[name]}`] : []));
  const words = ['sudo', '-n', ...(proxies.length > 0 ? ['env', ...proxies] : [])];
  if ((await run(['sudo', '-n', 'true'])).code === 0) return words;
  // Asks on the terminal, if there is one.
  if (process.stdin.isTTY && (await run(['sudo', '-v'])).code === 0) return words;
  throw new SetUpError(waysOut(debian ? missing : [], 'This account can use no sudo, and the desktops need root for their accounts and for xrdp.'));
}

/** Packages that are not installed, or only half. */
async function missingPackages(/** @type {readonly Need[]} */ needs) {
  const { output } = await run(['dpkg-query', '-W', '-f', '${Package} ${db:Status-Status}\n', ...needs.map(({ name }) => name)]);
  const installed = new Set(output.split('\n').map((line) => line.replace(/ installed$/, '')));
  // Somebody's own build of guacd, outside of Debian's packages, is as good.
  const ownGuacd = isOnPath('guacd') && !/^guacd /m.test(output);
  return needs.filter((need) => !installed.has(need.name) && !(ownGuacd && guacdNeeds.includes(need)));
}

function isDebian() {
  try {
    return /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function isOnPath(/** @type {string} */ program) {
  return [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'].some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * @param {readonly Need[]} missing
 * @param {string} why
 */
function waysOut(missing, why) {
  const plain = missing.filter((need) => !guacdNeeds.includes(need)).map(({ name }) => name);
  const guacd = missing.some((need) => guacdNeeds.includes(need));
  return [
    why,
    'Ways out:',
    ...(plain.length > 0 ? [`  * as root on Debian 12: apt-get install --no-install-recommends ${plain.join(' ')}`] : []),
    ...(guacd ? ['  * set SEKISHO_GUACD=host:port to a guacd of your own, for example the container image guacamole/guacd; then none is installed'] : []),
    '  * run this as root, or as an account that may use sudo',
    '  * or use containers: docker compose up (compose.yaml), which needs none of this',
  ].join('\n');
}
