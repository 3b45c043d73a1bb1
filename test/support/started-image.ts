import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { environmentOnThisMachine, onThisMachine, type Image } from './dockerfile-replay.ts';

export type StartedImage = {
  readonly pid: number;
  /** Everything it wrote so far, on either stream. */
  output(): string;
  /** Runs a command beside it, as an engine runs a health check. @returns the exit code, or the signal that ended it */
  run(command: readonly [string, ...string[]]): Promise<number | string>;
  /** Sends SIGTERM. @returns the exit code, or the signal that ended it */
  stop(): Promise<number | string>;
};

/**
 * Starts the replayed image's command as its user, with its environment and the settings given and nothing else of this
 * machine's, on a tree that it cannot write to but for `writable`. Root becomes the image's user; anybody else stays who they are.
 */
export async function startImage(
  { image, tools }: { image: Image; tools: string },
  { settings, writable }: { settings: Readonly<Record<string, string>>; writable: readonly string[] },
): Promise<StartedImage> {
  if (!image.command) throw new Error('The image has no command');
  await makeUnwritable(image.root, new Set(writable.map((path) => onThisMachine(image, path))));
  const env = { PATH: `${tools}:/usr/bin:/bin`, ...environmentOnThisMachine(image), ...settings };
  const user = process.getuid?.() === 0 ? image.user : {};
  const launch = ([program, ...args]: readonly [string, ...string[]]) =>
    spawn(program, args, { cwd: onThisMachine(image, '.'), env, stdio: ['ignore', 'pipe', 'pipe'], ...user });

  const child = launch(image.command);
  const output = collect(child);
  const ended = untilEnded(child);
  return {
    pid: child.pid ?? Number.NaN,
    output,
    run: (command) => untilEnded(launch(command)),
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** The real user id of a process (proc_pid_status(5)). */
export async function userOf(pid: number): Promise<number> {
  return Number(/^Uid:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** Asks until it holds. @throws Error with `otherwise()` after 60 s */
export async function untilTrue(holds: () => Promise<boolean>, otherwise: () => string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(otherwise());
    await pause(100);
  }
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}

function untilEnded(child: ChildProcess): Promise<number | string> {
  return new Promise((ended, fail) => child.once('error', fail).once('close', (code, signal) => ended(code ?? signal ?? 'unknown')));
}

async function makeUnwritable(path: string, except: ReadonlySet<string>): Promise<void> {
  if (except.has(path)) return;
  const found = await lstat(path);
  if (found.isSymbolicLink()) return;
  if (found.isDirectory()) for (const name of await readdir(path)) await makeUnwritable(join(path, name), except);
  await chmod(path, found.mode & 0o555);
}
