import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { run } from '../../bin/run.ts';

export type Outcome = { readonly code: number; readonly out: string; readonly err: string };
export type CommandLineCall = { readonly environment?: Readonly<Record<string, string>>; readonly input?: string; /** Standard error is a terminal. */ readonly terminal?: boolean };

export type CommandLine = {
  /** Holds the keys. */
  readonly directory: string;
  sekisho(args: readonly string[], call?: CommandLineCall): Promise<Outcome>;
  /** What the command answers with `--json`; throws where it fails. */
  json(...args: readonly string[]): Promise<unknown>;
  remove(): Promise<void>;
};

/** The program `sekisho` in this process, with keys of its own, on a database. */
export async function createCommandLine(connectionString: string): Promise<CommandLine> {
  const directory = await mkdtemp(join(tmpdir(), 'sekisho-command-'));
  await writeFile(join(directory, 'secret.key'), `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  const settings = {
    LANG: 'C.UTF-8',
    DATABASE_URL: connectionString,
    SEKISHO_DATA_DIR: directory,
    SEKISHO_SECRET_KEY_FILE: join(directory, 'secret.key'),
    SEKISHO_AUDIT_KEY_FILE: join(directory, 'audit.pem'),
    SEKISHO_AUDIT_HEADS_FILE: join(directory, 'heads.jsonl'),
    SEKISHO_PUBLIC_URL: 'https://localhost:9443',
  };
  const sekisho: CommandLine['sekisho'] = async (args, { environment = {}, input = '', terminal = false } = {}) => {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await run(args, {
      stdin: Readable.from([Buffer.from(input)]),
      stdout: { write: (text) => out.push(text) },
      stderr: { write: (text) => err.push(text), isTTY: terminal },
      environment: { ...settings, ...environment },
    });
    return { code, out: out.join(''), err: err.join('') };
  };
  return {
    directory,
    sekisho,
    async json(...args) {
      const { code, out, err } = await sekisho([...args, '--json']);
      if (code !== 0) throw new Error(`exit ${code}: ${err}${out}`);
      return JSON.parse(out) as unknown;
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
