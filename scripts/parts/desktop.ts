import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DesktopFacts, DesktopOrder, KeeperMessage, RunOrder, RunResult } from './keeper/messages.ts';
import type { Log } from './log.ts';

export interface RealDesktop extends DesktopFacts {
  /**
   * Runs a command in the desktop's own environment, as its account, and gives its standard output.
   * Throws with its standard error where it does not end with 0.
   */
  run(command: string, args?: readonly string[], options?: { readonly input?: string }): Promise<string>;
  /** Ends the desktop and removes whatever was made for it. May be called more than once. */
  stop(): Promise<void>;
}

/** Starts a desktop under a keeper; `prefix` holds the words before the keeper's command. Throws where it does not come up. */
export async function startDesktop(order: DesktopOrder, prefix: readonly string[], log: Log): Promise<RealDesktop> {
  const keeper = join(import.meta.dirname, 'keeper', 'main.ts');
  const child = spawn('env', [...prefix, process.execPath, keeper], { stdio: ['pipe', 'pipe', 'pipe'] });
  const conversation = converse(child, log);
  child.stdin.write(`${JSON.stringify(order)}\n`);

  const stop = async () => {
    child.stdin.end();
    await conversation.over;
  };
  let facts: DesktopFacts;
  try {
    facts = await conversation.ready;
  } catch (cause) {
    await stop();
    throw cause;
  }
  const run: RealDesktop['run'] = async (program, words = [], { input } = {}) => {
    const result = await conversation.run({ command: program, args: words, ...(input === undefined ? {} : { input }) });
    if (result.code !== 0) throw new Error(`${program} ended with ${result.code} on the desktop: ${result.stderr.trim()}`);
    return result.stdout;
  };
  return { ...facts, run, stop };
}

interface Conversation {
  readonly ready: Promise<DesktopFacts>;
  /** Settles when the keeper has ended. */
  readonly over: Promise<void>;
  run(order: Omit<RunOrder, 'id'>): Promise<RunResult>;
}

function converse(child: ChildProcess, log: Log): Conversation {
  const ready = Promise.withResolvers<DesktopFacts>();
  const over = Promise.withResolvers<void>();
  const waiting = new Map<number, PromiseWithResolvers<RunResult>>();
  let next = 1;
  const lastErrors: string[] = [];

  const hear = (message: KeeperMessage) => {
    if ('ready' in message) ready.resolve(message.ready);
    else if ('failed' in message) ready.reject(new Error(message.failed));
    else if ('log' in message) log(message.log);
    else if ('result' in message) waiting.get(message.id)?.resolve(message.result);
    else waiting.get(message.id)?.reject(new Error(message.error));
  };
  const end = (why: string) => {
    const error = new Error(`The desktop has ended (${why}) ${lastErrors.join(' ')}`.trimEnd());
    ready.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    over.resolve();
  };

  createInterface({ input: child.stdout! }).on('line', (line) => {
    const message: KeeperMessage = JSON.parse(line);
    hear(message);
  });
  createInterface({ input: child.stderr! }).on('line', (line) => {
    lastErrors.push(line);
    log(line);
  });
  child.stdin!.on('error', () => undefined);
  child.once('error', (error) => end(error.message));
  child.once('close', (code, signal) => end(`${signal ?? code}`));
  // Whoever waits for it gets the rejection; nobody need be waiting any more.
  ready.promise.catch(() => undefined);

  const run = async (order: Omit<RunOrder, 'id'>) => {
    const id = next++;
    const answer = Promise.withResolvers<RunResult>();
    waiting.set(id, answer);
    child.stdin!.write(`${JSON.stringify({ ...order, id })}\n`);
    return answer.promise.finally(() => waiting.delete(id));
  };
  return { ready: ready.promise, over: over.promise, run };
}
