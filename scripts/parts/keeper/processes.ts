import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Which processes are meant: all of a user, or those that carry an environment entry `NAME=value` (own processes only). */
export type Selection = { readonly uid: number } | { readonly marker: string };

/** Ends the selected processes: politely, and after a second by force. Resolves when none is left. */
export async function endProcesses(selection: Selection): Promise<void> {
  const deadline = performance.now() + 15_000;
  for (let round = 0; performance.now() < deadline; round += 1) {
    const pids = await selectedProcesses(selection);
    if (pids.length === 0) return;
    for (const pid of pids) signal(pid, round < 10 ? 'SIGTERM' : 'SIGKILL');
    await pause(100);
  }
  throw new Error(`Processes that do not end: ${(await selectedProcesses(selection)).join(' ')}`);
}

/** Start of a process in clock ticks since boot (proc(5)), or undefined where it is gone. With its id it names it for good. */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The command name, in parentheses, may itself hold spaces and parentheses.
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19];
}

/** Command lines of a user's live processes. */
export async function commandLinesOf(uid: number): Promise<string[][]> {
  const pids = await selectedProcesses({ uid });
  const texts = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return texts.map((text) => text.split('\0'));
}

async function selectedProcesses(selection: Selection): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 1 && pid !== process.pid);
  const chosen = await Promise.all(pids.map((pid) => ('uid' in selection ? isOf(pid, selection.uid) : carries(pid, selection.marker))));
  return pids.filter((_, index) => chosen[index]);
}

async function isOf(pid: number, uid: number): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return !/^State:\s+Z/m.test(text) && new RegExp(`^Uid:\\s+${uid}\\s`, 'm').test(text);
}

async function carries(pid: number, marker: string): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  return text.split('\0').includes(marker);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}
