import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Log } from '../log.ts';

/** A server that runs until it is ended, and that ends (SIGTERM) when the process that started it is killed. */
export interface Server {
  readonly process: ChildProcess;
  /** What the server writes to file descriptor 3, where it was opened. */
  readonly channel: Readable | undefined;
  /** Rejects when the server ends, for whatever reason; never resolves. */
  readonly failed: Promise<never>;
  /** Ends the server and what it started. Resolves when it is gone. */
  readonly end: () => Promise<void>;
}

export interface ServeOptions extends Pick<SpawnOptions, 'uid' | 'gid' | 'env' | 'cwd'> {
  readonly log: Log;
  /** Words put before the program. */
  readonly prefix?: readonly string[];
  /** How long it may take to end before it is ended by force, in milliseconds. */
  readonly patience?: number;
  /** Opens file descriptor 3 for the server to write to. */
  readonly channel?: boolean;
}

export function serve(program: string, args: readonly string[], { log, prefix = [], channel = false, patience = 3_000, ...options }: ServeOptions): Server {
  const words = [...prefix, '--pdeathsig', 'TERM', program, ...args];
  const child = spawn('setpriv', words, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe', ...(channel ? ['pipe' as const] : [])] });
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', log);
  const gone = new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()));
  const failed = gone.then(() => Promise.reject(new Error(`${program} ended (${child.signalCode ?? child.exitCode})`)));
  // Whoever waits for it gets the rejection.
  failed.catch(() => undefined);
  const end = async () => {
    signal(child, 'SIGTERM');
    const timer = setTimeout(() => signal(child, 'SIGKILL'), patience);
    await gone;
    clearTimeout(timer);
    signal(child, 'SIGKILL');
  };
  const third = child.stdio[3];
  return { process: child, channel: third && 'read' in third ? third : undefined, failed, end };
}

/** To the server's whole process group. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  } catch {
    // The group has ended.
  }
}
