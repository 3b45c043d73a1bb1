import { rmSync, writeFileSync } from 'node:fs';
import { SetUpError } from './progress.js';
import { run } from './run.js';

const SOURCES = '/etc/apt/sources.list.d/sekisho-bullseye.sources';
const PREFERENCES = '/etc/apt/preferences.d/sekisho-bullseye';
const RELEASE = 'bullseye';
/** Debian moves a release there some time after its end of life. */
const LAST_RESORTS = ['http://deb.debian.org/debian', 'http://archive.debian.org/debian'];

/**
 * Makes Debian 11 known to apt while `work` runs, so low that nothing comes from it but what is nowhere else.
 *
 * @param {(words: readonly string[]) => Promise<{ code: number, output: string }>} apt
 * @param {() => Promise<void>} work
 * @throws {SetUpError} where no mirror has it
 */
export async function withOldRelease(apt, work) {
  const undo = () => [SOURCES, PREFERENCES].forEach((file) => rmSync(file, { force: true }));
  process.once('SIGINT', undo);
  process.once('SIGTERM', undo);
  try {
    writeFileSync(PREFERENCES, `Package: *\nPin: release n=${RELEASE}\nPin-Priority: 100\n`);
    if (!(await findMirror(apt))) throw new SetUpError(`Debian's ${RELEASE} (for guacd) is at none of ${(await mirrors()).join(' ')}`);
    await work();
  } finally {
    undo();
  }
}

/** Leaves the first mirror that has the release in the sources. */
async function findMirror(/** @type {(words: readonly string[]) => Promise<{ code: number }>} */ apt) {
  for (const mirror of await mirrors()) {
    console.log(`looking for guacd at ${mirror}`);
    writeFileSync(SOURCES, source(mirror));
    // This source only: the machine's other lists are as fresh as they were.
    const only = ['-o', `Dir::Etc::SourceList=${SOURCES}`, '-o', 'Dir::Etc::SourceParts=-', '-o', 'APT::Get::List-Cleanup=0'];
    const { code } = await apt(['update', '--error-on=any', ...only]);
    if (code === 0) return true;
  }
  return false;
}

function source(/** @type {string} */ mirror) {
  const lines = ['Types: deb', `URIs: ${mirror}`, `Suites: ${RELEASE}`, 'Components: main'];
  // An archived release is no longer signed anew; its signature is checked all the same.
  return [...lines, 'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg', 'Check-Valid-Until: no', ''].join('\n');
}

/** The machine's own mirrors of Debian first. */
async function mirrors() {
  const { output } = await run(['apt-get', 'indextargets', '--format', '$(ORIGIN) $(CODENAME) $(REPO_URI)', 'Created-By: Packages']);
  const own = [...output.matchAll(/^Debian \w+ (\S+?)\/?$/gm)].map(([, address = '']) => address);
  return [...new Set([...own, ...LAST_RESORTS])];
}
