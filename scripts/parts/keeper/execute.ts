import { spawn } from 'node:child_process';

/** Runs a command to its end and gives its standard output. Throws with its standard error when it fails. */
export async function execute(command: string, args: readonly string[], { input = '', ...options }: ExecuteOptions = {}): Promise<string> {
  const child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  // A command that does not read its input closes it early, which is no failure.
  child.stdin.on('error', () => undefined).end(input);
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done));
  if (code !== 0) throw new Error(`${command} failed (${code}): ${Buffer.concat(errors).toString().trim()}`);
  return Buffer.concat(output).toString();
}

export interface ExecuteOptions {
  readonly input?: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}
