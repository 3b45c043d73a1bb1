import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** How long a PostgreSQL whose parent was killed may take to end by itself, in milliseconds. */
const LEAVING_LIMIT = 20_000;

/**
 * Removes the lock file of a PostgreSQL that no longer runs.
 *
 * PostgreSQL itself takes any live process that has the recorded id for its own, and after a restart of the machine that
 * may be anything. A PostgreSQL that is really on this directory is given time to end, since it may have lost its parent just now.
 *
 * @throws Error when it goes on running.
 */
export async function forgetStalePostmaster(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid');
  const deadline = performance.now() + LEAVING_LIMIT;
  for (;;) {
    const pid = await recordedPid(lock);
    if (pid === undefined) return;
    if (!(await worksIn(pid, data))) return rm(lock, { force: true });
    if (performance.now() > deadline) throw new Error(`PostgreSQL (process ${pid}) already runs on ${data}: stop it first`);
    await pause(100);
  }
}

async function recordedPid(lock: string): Promise<number | undefined> {
  const text = await readFile(lock, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const pid = Number.parseInt(text, 10);
  // A lock file that was cut short names nobody: 0 is no process.
  return Number.isSafeInteger(pid) && pid > 0 ? pid : 0;
}

/** PostgreSQL works in its data directory (its `cwd`), and nothing else has a reason to. */
async function worksIn(pid: number, data: string): Promise<boolean> {
  const directory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return directory !== undefined && directory === (await realpath(data));
}
