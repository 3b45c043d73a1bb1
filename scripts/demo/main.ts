// The demo: PostgreSQL, an office with a VNC and an RDP desktop, and the product in front of them, until Ctrl-C.
// `npm run demo` sets up what this needs and starts it.
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { openAdministration } from '../../broker/administration.ts';
import { writeSigningKey } from '../../broker/audit/index.ts';
import { readSecretBox } from '../../broker/secret-box.ts';
import { startEmbeddedPostgres } from '../../broker/store/embedded-postgres.ts';
import { readConfig, type Config } from '../../gateway/config.ts';
import { prepareKeys } from '../../gateway/keys.ts';
import { createLog } from '../../gateway/log/index.ts';
import { startOffice, type Office } from '../parts/index.ts';
import { demoAccounts, type DemoAccount } from './accounts.ts';
import { announce } from './announce.ts';
import { isFree, officeIdentities } from './identities.ts';
import { startProduct } from './product.ts';
import { seed } from './seed.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const directory = resolve(process.env['SEKISHO_DATA_DIR'] ?? join(ROOT, 'var', 'demo'));
const port = Number(process.env['SEKISHO_PORT'] ?? 8443);

const parts = new AsyncDisposableStack();
const asked = new Promise<void>((stop) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop());
});
let failure: unknown;
let ending = false;
try {
  // A signal during the start ends what has begun by then: the start itself cannot be called back.
  await Promise.race([start(), asked.then(() => Promise.reject(new Error('stopped while starting')))]);
  await asked;
  if (failure === undefined) console.log('\nEnding the demo');
} catch (error) {
  failure = error;
  console.error(error instanceof Error ? `\n${error.message}${error.cause instanceof Error ? `: ${error.cause.message}` : ''}` : error);
}
ending = true;
await parts.disposeAsync();
process.exit(failure === undefined ? 0 : 1);

async function start(): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (!(await isFree(port))) throw new Error(`Port ${port} is in use. SEKISHO_PORT=… npm run demo takes another`);
  const file = createWriteStream(join(directory, 'sekisho.log'), { flags: 'a', mode: 0o600 });
  const log = (line: string) => void file.write(`${line}\n`);

  const accounts = await demoAccounts(directory);
  const office = await startOffice({ identities: await officeIdentities(directory), log });
  parts.defer(() => office.stop());
  say('guacd and two desktops run');
  const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres'), log });
  parts.defer(() => postgres.stop());
  say('PostgreSQL runs');

  const settings = {
    SEKISHO_MODE: 'demo',
    SEKISHO_PORT: String(port),
    SEKISHO_DATA_DIR: directory,
    SEKISHO_POLICY_DIR: join(ROOT, 'policies'),
    SEKISHO_GUACD: process.env['SEKISHO_GUACD'] || `${office.guacd.host}:${office.guacd.port}`,
    DATABASE_URL: postgres.connectionString,
  };
  await seedDatabase(readConfig(settings), postgres.connectionString, office, accounts);
  await writeFile(join(directory, 'env'), Object.entries(settings).map(([name, value]) => `${name}='${value}'\n`).join(''), { mode: 0o600 });
  say('organisation, people and desktops are in the database');

  const product = await startProduct(settings, port, log);
  parts.defer(() => product.end());
  product.failed.catch((error: unknown) => {
    if (ending) return;
    failure = error;
    console.error(`\n${error instanceof Error ? error.message : String(error)}; see ${directory}/sekisho.log`);
    process.kill(process.pid, 'SIGTERM');
  });
  announce(`https://localhost:${port}`, accounts, relative(process.cwd(), directory) || '.');
}

/** By the same means as the command line, before the product starts. */
async function seedDatabase(config: Config, connectionString: string, office: Office, accounts: readonly DemoAccount[]): Promise<void> {
  await prepareKeys({ config, writeSigningKey, made: () => undefined });
  const secretBox = await readSecretBox(config.secretKey.path);
  const administration = await openAdministration({ connectionString, secretBox, actor: { kind: 'system' }, log: createLog({ level: 'error' }) });
  try {
    await seed(administration, office, accounts);
  } finally {
    await administration.close();
  }
}

function say(text: string): void {
  console.log(`      ${text}`);
}
