import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestGateway } from './gateway.ts';

export type Neighbour = {
  readonly origin: string;
  readonly ca: string;
  /** Ends it as a service manager does. */
  stop(): Promise<void>;
};

const ROOT = join(import.meta.dirname, '../..');

/** The settings with which another process, such as the command line, works on a gateway's database with its keys. */
export function settingsBeside({ connectionString, auditHeadsFile, policyDirectory }: TestGateway, directory: string): Record<string, string> {
  const home = dirname(auditHeadsFile);
  return {
    PATH: process.env['PATH'] ?? '',
    SEKISHO_MODE: 'demo',
    DATABASE_URL: connectionString,
    SEKISHO_DATA_DIR: directory,
    SEKISHO_SECRET_KEY_FILE: join(home, 'keys/secret.key'),
    SEKISHO_AUDIT_KEY_FILE: join(home, 'keys/audit.pem'),
    SEKISHO_TLS_CERT_FILE: join(home, 'certs/development.pem'),
    SEKISHO_TLS_KEY_FILE: join(home, 'certs/development.key'),
    SEKISHO_POLICY_DIR: policyDirectory,
    SEKISHO_HOST: '127.0.0.1',
    SEKISHO_PORT: '0',
    SEKISHO_GUACD: '127.0.0.1:9',
  };
}

/** A second gateway on the same database, a process of its own. @param settings further ones */
export async function startNeighbour(gateway: TestGateway, settings: Readonly<Record<string, string>> = {}): Promise<Neighbour> {
  const directory = await mkdtemp(join(tmpdir(), 'sekisho-neighbour-'));
  const child = spawn(process.execPath, [join(ROOT, 'gateway/main.ts')], { env: { ...settingsBeside(gateway, directory), ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  const origin = await new Promise<string>((done, fail) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        const found = /"publicUrl":"(https:[^"]+)"/.exec(line)?.[1];
        if (found !== undefined) done(found);
      });
    }
    child.once('exit', () => fail(new Error(`the second gateway ended:\n${said.join('\n')}`)));
  });
  return {
    origin,
    ca: gateway.ca,
    async stop() {
      if (child.exitCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}
