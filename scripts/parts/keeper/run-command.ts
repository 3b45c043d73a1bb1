import { spawn } from 'node:child_process';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identityOf, type Account } from './account.ts';
import type { Desktop } from './desktop.ts';
import type { RunOrder, RunResult } from './messages.ts';

/**
 * Runs a command in the desktop as its account and waits for it to end.
 *
 * Input and output are files and not pipes, so that a command which leaves a process behind (xclip does) ends all the same.
 * Throws where it cannot be started.
 */
export async function runCommand(desktop: Desktop, account: Account, base: string, order: RunOrder): Promise<RunResult> {
  const { home } = desktop.facts;
  const files = [join(base, `${order.id}.in`), join(base, `${order.id}.out`), join(base, `${order.id}.err`)] as const;
  await writeFile(files[0], order.input ?? '', { mode: 0o600 });
  const handles = await Promise.all([open(files[0], 'r'), open(files[1], 'wx', 0o600), open(files[2], 'wx', 0o600)]);
  try {
    const bus = await readFile(join(home, '.run', 'bus-address'), 'utf8').catch(() => undefined);
    const env = { ...(await desktop.environment()), ...(bus === undefined ? {} : { DBUS_SESSION_BUS_ADDRESS: bus }) };
    const child = spawn(order.command, order.args, { ...identityOf(account), env, cwd: home, detached: true, stdio: [handles[0].fd, handles[1].fd, handles[2].fd] });
    const code = await new Promise<number>((done, fail) => child.once('error', fail).once('exit', (code) => done(code ?? -1)));
    return { code, stdout: await readFile(files[1], 'utf8'), stderr: await readFile(files[2], 'utf8') };
  } finally {
    await Promise.all(handles.map((handle) => handle.close()));
    await Promise.all(files.map((file) => rm(file, { force: true })));
  }
}
