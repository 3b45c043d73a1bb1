import { execFile } from 'node:child_process';
import { chown, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How PostgreSQL is started, since it refuses to run as root. */
export interface Launcher {
  readonly name: 'direct' | 'namespace' | 'other-user';
  /** Words before the program to start; each ends it (fast shutdown) when the starting process dies. */
  readonly command: readonly [string, ...string[]];
  /** Who must own the data: user and group id, or undefined for whoever runs this. */
  readonly owner: number | undefined;
}

const WITH_PARENT = ['--pdeathsig', 'INT'] as const;
/** Debian's `nobody`. */
const NOBODY = 65534;
const ONE_RIGHT = '-all,+dac_override';
const AS_NOBODY = [
  `--reuid=${NOBODY}`,
  `--regid=${NOBODY}`,
  '--clear-groups',
  `--inh-caps=${ONE_RIGHT}`,
  `--ambient-caps=${ONE_RIGHT}`,
  `--bounding-set=${ONE_RIGHT}`,
  '--securebits=+no_setuid_fixup',
];

/** An ordinary user: as it is. */
export const direct: Launcher = { name: 'direct', command: ['setpriv', ...WITH_PARENT], owner: undefined };

/** Root: in a user namespace where root is seen as an ordinary user, so that files stay root's, even in a private home. */
export const namespace: Launcher = {
  name: 'namespace',
  command: ['unshare', '-U', '--map-user=1000', '--map-group=1000', 'setpriv', ...WITH_PARENT],
  owner: 0,
};

/** Root where namespaces are forbidden: as `nobody`, who keeps the one right to walk through a private home. */
export const otherUser: Launcher = {
  name: 'other-user',
  command: ['setpriv', ...AS_NOBODY, ...WITH_PARENT],
  owner: NOBODY,
};

export async function chooseLauncher(): Promise<Launcher> {
  if (process.getuid?.() !== 0) return direct;
  const [command, ...args] = namespace.command;
  const allowed = await run(command, [...args, 'true']).then(() => true, () => false);
  return allowed ? namespace : otherUser;
}

/** Makes `owner` the owner of a directory and all in it, unless it is already the directory's. */
export async function giveTo(owner: number | undefined, directory: string): Promise<void> {
  if (owner === undefined || (await lstat(directory)).uid === owner) return;
  for (const entry of await readdir(directory, { recursive: true })) await chown(join(directory, entry), owner, owner);
  // Last, so that an interrupted change is done again.
  await chown(directory, owner, owner);
}
