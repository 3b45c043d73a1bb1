// Installs Debian packages; runs as root. The machine's package sources are left as they were found.
// Usage: install-debian.js PACKAGE…
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { guacdNeeds, unwantedServices } from './debian-packages.js';
import { withOldRelease } from './debian-archive.js';
import { SetUpError, orExit } from './progress.js';
import { heartbeat, run } from './run.js';

const SERVICE_POLICY = '/usr/sbin/policy-rc.d';
const POLICY_TEXT = '#!/bin/sh\n# Sekisho set-up: packages that are being installed start no services.\nexit 101\n';

const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
const wanted = process.argv.slice(2);
const fromOldRelease = wanted.filter((name) => guacdNeeds.some((need) => need.name === name));

await orExit(async () => {
  await repair();
  await withoutServices(async () => {
    const plain = wanted.filter((name) => !fromOldRelease.includes(name));
    if (plain.length > 0) await install(plain);
    if (fromOldRelease.length > 0 && !(await areKnown(fromOldRelease))) await withOldRelease(apt, () => install(fromOldRelease));
    else if (fromOldRelease.length > 0) await install(fromOldRelease);
  });
});

/** Ends what an interrupted installation left half done. */
async function repair() {
  if ((await run(['dpkg', '--audit'])).output === '' && readdirSync('/var/lib/dpkg/updates').length === 0) return;
  console.log('repairing an interrupted installation');
  await run(['dpkg', '--configure', '-a'], { env, onLine: tell });
  await apt(['--fix-broken', 'install', '-y']);
}

async function install(/** @type {readonly string[]} */ names) {
  if (!(await areKnown(names))) await update();
  const words = ['install', '-y', '--no-install-recommends', ...names];
  let { code, output } = await apt(words);
  if (code !== 0 && /404|Unable to fetch|Failed to fetch/.test(output)) {
    // The package lists are older than the archive.
    await update();
    ({ code, output } = await apt(words));
  }
  if (code !== 0) throw new SetUpError(`apt-get install failed: ${output.split('\n').filter((line) => /^[EW]:/.test(line)).join(' ')}`);
}

async function update() {
  console.log('fetching package lists');
  const { code, output } = await apt(['update']);
  if (code !== 0) throw new SetUpError(`apt-get update failed: ${output.split('\n').filter((line) => /^[EW]:/.test(line)).join(' ')}`);
}

/** Whether the package lists offer every one of them. */
async function areKnown(/** @type {readonly string[]} */ names) {
  const { output } = await run(['apt-cache', 'policy', ...names], { env });
  return [...output.matchAll(/^ {2}Candidate: (?!\(none\))/gm)].length === names.length;
}

/**
 * `apt-get`, waiting for whoever else uses it.
 *
 * @param {readonly string[]} words
 */
async function apt(words) {
  let last = '';
  const onLine = (/** @type {string} */ line) => {
    last = line;
    tell(line);
  };
  const stop = heartbeat(console.log, () => `at apt-get ${words[0]}: ${last}`);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const result = await run(['apt-get', '-q', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0', ...words], { env, onLine });
      // The lock on the package lists is not waited for by apt-get itself.
      if (result.code === 0 || attempt === 60 || !/Could not get lock/.test(result.output)) return result;
      if (attempt === 1) console.log('waiting for another package manager to end');
      await new Promise((done) => setTimeout(done, 5_000));
    }
  } finally {
    stop();
  }
}

/** Of apt's talk, what shows that it moves on. */
function tell(/** @type {string} */ line) {
  if (/^(Need to get|Setting up|E:|Err:)/.test(line)) console.log(line);
}

/** xrdp and guacd would otherwise listen on the machine's addresses from now on. */
async function withoutServices(/** @type {() => Promise<void>} */ work) {
  const left = existsSync(SERVICE_POLICY) && readFileSync(SERVICE_POLICY, 'utf8') === POLICY_TEXT;
  const ours = left || !existsSync(SERVICE_POLICY);
  const before = await enabledServices();
  if (ours) writeFileSync(SERVICE_POLICY, POLICY_TEXT, { mode: 0o755 });
  const undo = () => ours && rmSync(SERVICE_POLICY, { force: true });
  process.once('SIGINT', () => (undo(), process.exit(130)));
  process.once('SIGTERM', () => (undo(), process.exit(143)));
  try {
    await work();
  } finally {
    undo();
    const added = (await enabledServices()).filter((name) => !before.includes(name));
    if (added.length > 0) await run(['systemctl', 'disable', ...added]);
  }
}

async function enabledServices() {
  const states = await Promise.all(unwantedServices.map((name) => run(['systemctl', 'is-enabled', name])));
  return unwantedServices.filter((_, index) => states[index]?.output.trim() === 'enabled');
}
