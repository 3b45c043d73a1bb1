import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentCertificate } from '../../../certs/development.ts';
import { readCertificate } from '../../../gateway/certificate.ts';

let directory: string;
const now = new Date();
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sekisho-certificate-'));
  await developmentCertificate({ directory, hosts: ['localhost'], now });
  await developmentCertificate({ directory: join(directory, 'other'), hosts: ['localhost'], now });
  writeFileSync(join(directory, 'garbage'), 'garbage');
  copyFileSync(join(directory, 'other', 'development.key'), join(directory, 'strange.key'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const read = (cert: string, key: string, at = now) => readCertificate({ config: { tls: { certFile: join(directory, cert), keyFile: join(directory, key) } }, directory, now: at });

describe('the listener\'s certificate', () => {
  it('is the one that the settings name', async () => {
    expect((await read('development.pem', 'development.key')).cert).toContain('BEGIN CERTIFICATE');
  });

  it.each([
    ['none.pem', 'development.key', 'SEKISHO_TLS_CERT_FILE'],
    ['garbage', 'development.key', 'SEKISHO_TLS_CERT_FILE'],
    ['development.pem', 'none.key', 'SEKISHO_TLS_KEY_FILE'],
    ['development.pem', 'garbage', 'SEKISHO_TLS_KEY_FILE'],
    ['development.pem', 'strange.key', 'SEKISHO_TLS_KEY_FILE'],
  ])('of %s and %s is refused by the setting\'s name', async (cert, key, setting) => {
    await expect(read(cert, key)).rejects.toThrow(setting);
  });

  it('is refused when it has ended', async () => {
    await expect(read('development.pem', 'development.key', new Date(now.getTime() + 100 * 86_400_000))).rejects.toThrow(/ended on \d{4}-/);
  });

  it('without settings is a development one for the public name and this machine', async () => {
    const { cert } = await readCertificate({ config: { publicOrigin: 'https://gateway.internal:8443' }, directory: join(directory, 'own'), now });
    expect(cert).toContain('BEGIN CERTIFICATE');
  });
});
