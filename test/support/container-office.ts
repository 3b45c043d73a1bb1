import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { developmentCertificate } from '../../certs/development.ts';
import { startEmbeddedPostgres } from '../../broker/store/embedded-postgres.ts';
import type { Image } from './dockerfile-replay.ts';
import { tcpToSocket } from './tcp-to-socket.ts';

/** What compose.yaml puts around the gateway: a database that it reaches over TCP, secrets in files, a certificate. */
export type ContainerOffice = {
  readonly publicUrl: string;
  /** The settings of a container, by name. */
  readonly settings: Readonly<Record<string, string>>;
  /** Status of the answer to GET. @throws Error where nothing answers */
  status(path: string): Promise<number>;
  close(): Promise<void>;
};

export async function officeOf(image: Image, directory: string): Promise<ContainerOffice> {
  await mkdir(directory, { mode: 0o755 });
  const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres'), log: () => undefined });
  const database = await tcpToSocket(join(postgres.socketDirectory, '.s.PGSQL.5432'));
  const port = await freePort();
  const publicUrl = `https://localhost:${port}`;
  const secrets = join(directory, 'secrets');
  await writeSecrets(secrets, `postgresql://sekisho@127.0.0.1:${database.port}/sekisho`);
  if (process.getuid?.() === 0) for (const name of ['.', ...(await readdir(secrets))]) await chown(join(secrets, name), image.user.uid, image.user.gid);

  return {
    publicUrl,
    settings: {
      SEKISHO_MODE: 'production',
      SEKISHO_PUBLIC_URL: publicUrl,
      SEKISHO_HOST: '127.0.0.1',
      SEKISHO_PORT: String(port),
      SEKISHO_GUACD: '127.0.0.1:9',
      DATABASE_URL_FILE: join(secrets, 'database-url'),
      SEKISHO_SECRET_KEY_FILE: join(secrets, 'secret-key'),
      SEKISHO_AUDIT_KEY_FILE: join(secrets, 'audit-key.pem'),
      SEKISHO_AUDIT_HEADS_FILE: join(image.root, 'var/lib/sekisho/audit-heads.jsonl'),
      SEKISHO_TLS_CERT_FILE: join(secrets, 'development.pem'),
      SEKISHO_TLS_KEY_FILE: join(secrets, 'development.key'),
    },
    status: (path) => statusOf(port, path),
    async close() {
      await database.close();
      await postgres.stop();
    },
  };
}

async function writeSecrets(directory: string, databaseUrl: string): Promise<void> {
  await mkdir(directory, { mode: 0o700 });
  const write = (name: string, text: string | Buffer) => writeFile(join(directory, name), text, { mode: 0o600 });
  await write('database-url', databaseUrl);
  await write('secret-key', `${randomBytes(32).toString('base64')}\n`);
  await write('audit-key.pem', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await developmentCertificate({ directory, hosts: ['localhost'], now: new Date() });
}

function statusOf(port: number, path: string): Promise<number> {
  return new Promise((answered, fail) => {
    const asked = request({ host: '127.0.0.1', port, path, rejectUnauthorized: false, agent: false }, (answer) => {
      answer.resume();
      answered(answer.statusCode ?? 0);
    });
    asked.once('error', fail).end();
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return address.port;
}
