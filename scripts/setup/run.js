import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Runs a command to its end.
 *
 * @param {readonly string[]} words command and arguments
 * @param {{ onLine?: (line: string) => void, env?: NodeJS.ProcessEnv, cwd?: string, input?: string }} [options]
 *   `onLine` hears each line of both outputs as it comes
 * @returns {Promise<{ code: number, output: string }>} `code` is 127 where the command does not exist
 */
export async function run(words, { onLine = () => undefined, input, ...options } = {}) {
  const [command = '', ...args] = words;
  const child = spawn(command, args, { ...options, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
  if (input !== undefined) child.stdin?.on('error', () => undefined).end(input);
  /** @type {string[]} */
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      onLine(line);
    });
  }
  /** @type {number} */
  const code = await new Promise((done) => {
    child.once('error', () => done(127));
    child.once('close', (status) => done(status ?? 1));
  });
  return { code, output: lines.join('\n') };
}

/**
 * Says that something is still going on, every ten seconds, until the function it gives is called.
 *
 * @param {(line: string) => void} say
 * @param {() => string} what asked for each time
 */
export function heartbeat(say, what) {
  const timer = setInterval(() => say(`still ${what()}`), 10_000);
  return () => clearInterval(timer);
}
