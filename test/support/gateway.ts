import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Broker } from '../../broker/index.ts';
import type { Database } from '../../broker/store/index.ts';
import { readConfig } from '../../gateway/config.ts';
import { createLog } from '../../gateway/log/index.ts';
import { createGateway, type Gateway, type Overrides } from '../../gateway/main.ts';
import { startTestDatabase } from './database.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import { createPeople, type People } from './people.ts';

export type TestGateway = Omit<Gateway, 'broker'> &
  People & {
    readonly broker: Broker;
    readonly database: Database;
    readonly connectionString: string;
    /** PEM of the CA that issued the listener's certificate. */
    readonly ca: string;
    /** Directory of policies; a change counts from the next request on. */
    readonly policyDirectory: string;
    /** Signed heads of the audit trail. */
    readonly auditHeadsFile: string;
    /** A browser of its own. */
    browser(): HttpClient;
    /** Everything that was logged, a JSON object a line. */
    logged(): string;
  };

export type TestGatewayOptions = {
  /** `host:port`, several with commas between. Without it nothing listens there. */
  readonly guacd?: string;
  readonly overrides?: Overrides;
  /** Further settings. */
  readonly settings?: Readonly<Record<string, string>>;
};

/** The whole product, composed as `npm start` does it, on a free port of the loopback with a fresh database. */
export async function startGateway({ guacd = '127.0.0.1:9', overrides = {}, settings = {} }: TestGatewayOptions = {}): Promise<TestGateway> {
  const directory = await mkdtemp(join(tmpdir(), 'sekisho-gateway-'));
  const certificates = join(directory, 'certs');
  const database = await startTestDatabase();
  const lines: string[] = [];
  const log = createLog({ level: 'info', stream: collector(lines) });
  const config = readConfig({
    SEKISHO_MODE: 'demo',
    DATABASE_URL: database.connectionString,
    SEKISHO_DATA_DIR: directory,
    SEKISHO_HOST: '127.0.0.1',
    SEKISHO_PORT: '0',
    SEKISHO_GUACD: guacd,
    SEKISHO_POLICY_DIR: join(import.meta.dirname, '../../policies'),
    ...settings,
  });
  const remove = async () => {
    await database.close();
    await rm(directory, { recursive: true, force: true });
  };
  const gateway = await createGateway({ config, log, overrides: { certificates, ...overrides } }).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  let stopped: Promise<void> | undefined;
  const ca = await readFile(join(certificates, 'development-ca.pem'), 'utf8');
  const browser = () => createHttpClient({ origin: gateway.origin, ca });
  return {
    ...gateway,
    ...createPeople({ broker: gateway.broker, browser, now: () => overrides.clock?.now() ?? new Date() }),
    database: database.database,
    connectionString: database.connectionString,
    ca,
    policyDirectory: config.policyDirectory,
    auditHeadsFile: config.auditHeadsFile,
    browser,
    logged: () => lines.join(''),
    stop: () => (stopped ??= gateway.stop().then(remove)),
  };
}

function collector(lines: string[]): NodeJS.WritableStream {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
}
