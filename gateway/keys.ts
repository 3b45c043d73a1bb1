import { randomBytes } from 'node:crypto';
import { access, chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SettingsWrong, type Config, type KeyFile } from './config.ts';

/** Present in a data directory that a demo has used. */
const DEMO_MARK = 'DEMO';
/** Where container engines put secrets; nobody else lives in the container, so that others may read them there. */
const CONTAINER_SECRETS = '/run/secrets/';

export type KeysDeps = {
  readonly config: Pick<Config, 'mode' | 'dataDirectory' | 'secretKey' | 'auditKey' | 'databaseUrl' | 'tls'>;
  /** Makes a signing key in a file that is not there yet. */
  writeSigningKey(file: string): Promise<void>;
  /** Told what was made, for whoever watches the first start. */
  made(what: string, file: string): void;
};

/**
 * Sees to it that every key is there and kept from others, and that a demo's data do not go on as an office's.
 *
 * Keys that no setting names are made on first run. Once the data directory holds a database, they are never made again:
 * what the lost ones sealed could not be opened.
 * @throws SettingsWrong
 */
export async function prepareKeys({ config, writeSigningKey, made }: KeysDeps): Promise<void> {
  await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 });
  await keepDemoApart(config);
  const firstRun = !(await exists(join(config.dataDirectory, 'postgres', 'data')));
  const makers: readonly [KeyFile, string, string, (file: string) => Promise<void>][] = [
    [config.secretKey, 'SEKISHO_SECRET_KEY_FILE', 'key that seals secrets', writeSecretKey],
    [config.auditKey, 'SEKISHO_AUDIT_KEY_FILE', 'key that signs the audit trail', writeSigningKey],
  ];
  for (const [key, setting, what, make] of makers) {
    if (!(await exists(key.path))) {
      if (key.given) throw new SettingsWrong([`${setting} names a file that is not there.`]);
      if (!firstRun && config.databaseUrl === undefined) throw new SettingsWrong([`${setting}: ${key.path} is gone, but the database that it belongs to is there. Put it back from your copy.`]);
      await mkdir(dirname(key.path), { recursive: true, mode: 0o700 });
      await make(key.path);
      await chmod(key.path, 0o600);
      made(what, key.path);
    }
    await requirePrivate(key.path, setting);
  }
  if (config.tls) await requirePrivate(config.tls.keyFile, 'SEKISHO_TLS_KEY_FILE');
}

async function writeSecretKey(file: string): Promise<void> {
  await writeFile(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
}

async function keepDemoApart({ mode, dataDirectory, secretKey, auditKey }: KeysDeps['config']): Promise<void> {
  const mark = join(dataDirectory, DEMO_MARK);
  if (mode === 'demo') return writeFile(mark, 'Made by a demo. Its accounts and keys are not for an office: production does not start here.\n', { mode: 0o600 });
  const places = [dataDirectory, dirname(secretKey.path), dirname(dirname(secretKey.path)), dirname(auditKey.path), dirname(dirname(auditKey.path))];
  for (const place of new Set(places)) {
    if (await exists(join(place, DEMO_MARK))) throw new SettingsWrong([`SEKISHO_DATA_DIR, SEKISHO_SECRET_KEY_FILE or SEKISHO_AUDIT_KEY_FILE lies in ${place}, which belongs to a demo. Choose another place for an office.`]);
  }
}

async function requirePrivate(file: string, setting: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new SettingsWrong([`${setting} names a file that is not there.`]);
  const forbidden = file.startsWith(CONTAINER_SECRETS) ? 0o022 : 0o027;
  if ((found.mode & forbidden) !== 0) throw new SettingsWrong([`${setting}: others can read or change ${file}. Run: chmod 0600 ${file}`]);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
