import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../gateway/config.ts';

const office = {
  DATABASE_URL: 'postgresql://sekisho:hunter2@db/sekisho',
  SEKISHO_PUBLIC_URL: 'https://telework.example.lg.jp',
  SEKISHO_SECRET_KEY_FILE: '/run/secrets/secret-key',
  SEKISHO_AUDIT_KEY_FILE: '/run/secrets/audit-key',
  SEKISHO_AUDIT_HEADS_FILE: '/srv/heads.jsonl',
  SEKISHO_TLS_CERT_FILE: '/run/secrets/cert',
  SEKISHO_TLS_KEY_FILE: '/run/secrets/key',
};

describe('settings', () => {
  it('need not be given on a plain machine, which is then reached from itself alone', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ mode: 'production', host: '127.0.0.1', port: 8443, guacd: [{ host: '127.0.0.1', port: 4822, tls: false }], secretKey: { given: false } });
    expect(config.publicOrigin).toBeUndefined();
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('of an office are taken as they are', () => {
    expect(readConfig({ ...office, SEKISHO_GUACD: 'tls://guacd-1:4822, [2001:db8::1]:4823', SEKISHO_TRUSTED_PROXIES: '10.0.0.0/8' })).toMatchObject({
      databaseUrl: office.DATABASE_URL,
      publicOrigin: 'https://telework.example.lg.jp',
      guacd: [{ host: 'guacd-1', port: 4822, tls: true }, { host: '2001:db8::1', port: 4823, tls: false }],
      secretKey: { path: '/run/secrets/secret-key', given: true },
    });
    expect(readConfig(office).host).toBeUndefined();
  });

  it('count as not given when they are empty', () => {
    expect(readConfig({ SEKISHO_PORT: '', SEKISHO_PUBLIC_URL: '' }).port).toBe(8443);
  });

  it.each(['SEKISHO_SECRET_KEY_FILE', 'SEKISHO_AUDIT_KEY_FILE', 'SEKISHO_AUDIT_HEADS_FILE', 'SEKISHO_TLS_CERT_FILE', 'SEKISHO_TLS_KEY_FILE'])('name %s when an office lacks it', (name) => {
    expect(() => readConfig({ ...office, [name]: undefined })).toThrow(name);
  });

  it('of a public address need a certificate', () => {
    expect(() => readConfig({ SEKISHO_PUBLIC_URL: 'https://telework.example.lg.jp' })).toThrow('SEKISHO_TLS_CERT_FILE');
    expect(() => readConfig({ SEKISHO_PUBLIC_URL: 'https://203.0.113.9' })).toThrow('SEKISHO_TLS_CERT_FILE');
    expect(() => readConfig({ SEKISHO_PUBLIC_URL: 'https://192.168.1.5:8443' })).not.toThrow();
  });

  it.each([
    ['SEKISHO_PORT', '99999'],
    ['SEKISHO_PORT', 'eighty'],
    ['SEKISHO_MODE', 'test'],
    ['SEKISHO_GUACD', 'guacd'],
    ['SEKISHO_GUACD', 'a:1,,b:2'],
    ['SEKISHO_PUBLIC_URL', 'http://localhost'],
    ['SEKISHO_PUBLIC_URL', 'https://localhost/path'],
    ['SEKISHO_PUBLIC_URL', 'https://user:secret@localhost'],
    ['DATABASE_URL', 'mysql://secret@db'],
    ['SEKISHO_TRUSTED_PROXIES', 'secret'],
    ['SEKISHO_LOG_LEVEL', 'loud'],
    ['SEKISHO_CONNECTIONS_PER_ADDRESS', '0'],
  ])('name %s when it is %j, without repeating it', (name, value) => {
    const attempt = () => readConfig({ [name]: value });
    expect(attempt).toThrow(name);
    expect(attempt).not.toThrow('secret');
  });

  it('read the database\'s address from a file, and say when that holds none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sekisho-config-'));
    writeFileSync(join(folder, 'right'), 'postgresql://db/sekisho\n');
    writeFileSync(join(folder, 'wrong'), 'secret');
    const { DATABASE_URL: _, ...rest } = office;
    expect(readConfig({ ...rest, DATABASE_URL_FILE: join(folder, 'right') }).databaseUrl).toBe('postgresql://db/sekisho');
    expect(() => readConfig({ ...rest, DATABASE_URL_FILE: join(folder, 'wrong') })).toThrow('DATABASE_URL_FILE');
    expect(() => readConfig({ ...rest, DATABASE_URL_FILE: join(folder, 'none') })).toThrow('DATABASE_URL_FILE');
    expect(() => readConfig({ ...office, DATABASE_URL_FILE: join(folder, 'right') })).toThrow('both set');
  });

  it('that nobody knows are named', () => {
    expect(readConfig({ SEKISHO_GAUCD: 'x', PATH: '/bin' }).unknownSettings).toEqual(['SEKISHO_GAUCD']);
  });
});
