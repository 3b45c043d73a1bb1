import { X509Certificate, createPrivateKey } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentCertificate } from '../../../certs/development.ts';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'sekisho-certs-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const now = new Date();
const make = (hosts = ['localhost', '127.0.0.1', '::1'], at = now) => developmentCertificate({ directory, hosts, now: at });
const leaf = (cert: string) => new X509Certificate(cert.split(/(?<=-----END CERTIFICATE-----\n)/)[0]!);

describe('a development certificate', () => {
  it('names its hosts and is issued by the CA beside it, which can issue nothing below another CA', async () => {
    const certificate = leaf((await make()).cert);
    const ca = new X509Certificate(readFileSync(join(directory, 'development-ca.pem')));
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkIP('::1')).toBeDefined();
    expect(certificate.checkHost('example.lg.jp')).toBeUndefined();
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect([certificate.ca, ca.ca]).toEqual([false, true]);
  });

  it('keeps its keys to their owner', async () => {
    await make();
    const keys = readdirSync(directory).filter((name) => name.endsWith('.key'));
    expect(keys.toSorted()).toEqual(['development-ca.key', 'development.key']);
    for (const key of keys) expect(statSync(join(directory, key)).mode & 0o777).toBe(0o600);
  });

  it('stays until it is about to end, then is made anew by the same CA', async () => {
    const first = await make();
    expect((await make()).cert).toBe(first.cert);
    const ca = readFileSync(join(directory, 'development-ca.pem'), 'utf8');
    const later = await make(undefined, new Date(now.getTime() + 80 * 86_400_000));
    expect(later.cert).not.toBe(first.cert);
    expect(readFileSync(join(directory, 'development-ca.pem'), 'utf8')).toBe(ca);
  });

  it('is made anew for another host', async () => {
    await make();
    expect(leaf((await make(['gateway.internal'])).cert).checkHost('gateway.internal')).toBe('gateway.internal');
  });

  it('is whole when several programs start at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => make()));
    for (const { cert, key } of all) expect(leaf(cert).checkPrivateKey(createPrivateKey(key))).toBe(true);
  });

  it('mends itself where another pair\'s key or CA was left beside it', async () => {
    await make();
    const other = join(directory, 'other');
    const stranger = await developmentCertificate({ directory: other, hosts: ['localhost'], now });
    writeFileSync(join(directory, 'development.key'), stranger.key);
    const mended = await make();
    expect(leaf(mended.cert).checkPrivateKey(createPrivateKey(mended.key))).toBe(true);
    for (const end of ['.pem', '.key']) copyFileSync(join(other, `development-ca${end}`), join(directory, `development-ca${end}`));
    const issued = leaf((await make()).cert);
    expect(issued.verify(new X509Certificate(readFileSync(join(other, 'development-ca.pem'))).publicKey)).toBe(true);
  });
});
