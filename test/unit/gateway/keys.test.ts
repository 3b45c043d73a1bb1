import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSigningKey } from '../../../broker/audit/index.ts';
import { readConfig } from '../../../gateway/config.ts';
import { prepareKeys } from '../../../gateway/keys.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sekisho-keys-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const prepare = async (environment: Record<string, string> = {}) => {
  const made: string[] = [];
  const config = readConfig({ SEKISHO_DATA_DIR: join(folder, 'var'), ...environment });
  await prepareKeys({ config, writeSigningKey, made: (_what, file) => made.push(file) });
  return { config, made };
};
const mode = (file: string) => statSync(file).mode & 0o777;

describe('keys', () => {
  it('are made on first run for their owner alone, told, and kept', async () => {
    const { config, made } = await prepare();
    expect(made).toEqual([config.secretKey.path, config.auditKey.path]);
    expect(made.map(mode)).toEqual([0o600, 0o600]);
    expect(mode(config.dataDirectory)).toBe(0o700);
    expect(Buffer.from(readFileSync(config.secretKey.path, 'utf8'), 'base64')).toHaveLength(32);
    const before = readFileSync(config.secretKey.path);
    expect((await prepare()).made).toEqual([]);
    expect(readFileSync(config.secretKey.path)).toEqual(before);
  });

  it('are not made again for a database whose keys are gone', async () => {
    const { config } = await prepare();
    mkdirSync(join(config.dataDirectory, 'postgres', 'data'), { recursive: true });
    rmSync(config.secretKey.path);
    await expect(prepare()).rejects.toThrow('SEKISHO_SECRET_KEY_FILE');
    expect(existsSync(config.secretKey.path)).toBe(false);
  });

  it('that a setting names are never made', async () => {
    const file = join(folder, 'mine.key');
    await expect(prepare({ SEKISHO_SECRET_KEY_FILE: file })).rejects.toThrow('SEKISHO_SECRET_KEY_FILE');
    expect(existsSync(file)).toBe(false);
  });

  it.each([0o644, 0o604, 0o620, 0o666])('with mode %o are refused with the command that mends it', async (wrong) => {
    const { config } = await prepare();
    chmodSync(config.secretKey.path, wrong);
    await expect(prepare()).rejects.toThrow(`chmod 0600 ${config.secretKey.path}`);
  });

  it.each([0o600, 0o400, 0o440])('with mode %o are accepted', async (right) => {
    const { config } = await prepare();
    chmodSync(config.auditKey.path, right);
    await expect(prepare()).resolves.toBeDefined();
  });

  it('of TLS are looked at too', async () => {
    const key = join(folder, 'tls.key');
    writeFileSync(key, 'key', { mode: 0o644 });
    await expect(prepare({ SEKISHO_TLS_CERT_FILE: key, SEKISHO_TLS_KEY_FILE: key })).rejects.toThrow('SEKISHO_TLS_KEY_FILE');
  });
});

describe('a demo', () => {
  it('does not go on as an office: neither its data nor its keys', async () => {
    const { config } = await prepare({ SEKISHO_MODE: 'demo' });
    await expect(prepare()).rejects.toThrow('SEKISHO_DATA_DIR');
    await expect(prepare({ SEKISHO_DATA_DIR: join(folder, 'other'), SEKISHO_SECRET_KEY_FILE: config.secretKey.path })).rejects.toThrow('SEKISHO_SECRET_KEY_FILE');
    await expect(prepare({ SEKISHO_MODE: 'demo' })).resolves.toBeDefined();
  });
});
