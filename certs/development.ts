import { X509Certificate, createPrivateKey, randomBytes, webcrypto } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';

export type Certificate = { readonly cert: string; readonly key: string };

const CA_DAYS = 3650;
const SERVER_DAYS = 90;
/** A certificate that ends sooner is made anew at the next start, in days. */
const RENEW_DAYS = 14;
const DAY = 86_400_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/**
 * A certificate for `hosts` by a development CA, both kept in `directory` (keys 0600) and made when missing, out of date
 * or for other hosts. A browser trusts it once `development-ca.pem` is imported; nobody else does.
 */
export async function developmentCertificate({ directory, hosts, now }: { directory: string; hosts: readonly string[]; now: Date }): Promise<Certificate> {
  const files = { ca: join(directory, 'development-ca'), server: join(directory, 'development') };
  const [keptCa, kept] = [await read(files.ca), await read(files.server)];
  const goodCa = keptCa && fits(keptCa, keptCa, [], now) ? keptCa : undefined;
  if (goodCa && kept && fits(kept, goodCa, hosts, now)) return kept;

  await mkdir(directory, { recursive: true });
  const ca = goodCa ?? (await keep(files.ca, await makeCa(now)));
  return keep(files.server, await makeServer(ca, hosts, now));
}

async function read(base: string): Promise<Certificate | undefined> {
  try {
    return { cert: await readFile(`${base}.pem`, 'utf8'), key: await readFile(`${base}.key`, 'utf8') };
  } catch {
    return undefined;
  }
}

/** Written under another name first, so that a file is never half there. */
async function keep(base: string, { cert, key }: Certificate): Promise<Certificate> {
  for (const [end, text, mode] of [['.key', key, 0o600], ['.pem', cert, 0o644]] as const) {
    const draft = `${base}.${randomBytes(6).toString('hex')}${end}`;
    await writeFile(draft, text, { mode, flag: 'wx' });
    await chmod(draft, mode);
    await rename(draft, `${base}${end}`);
  }
  return { cert, key };
}

/** Two programs that started at once may have left halves of two pairs: those do not fit. */
function fits({ cert, key }: Certificate, ca: Certificate, hosts: readonly string[], now: Date): boolean {
  try {
    const [leaf] = cert.split(/(?<=-----END CERTIFICATE-----\n)/);
    const certificate = new X509Certificate(leaf!);
    const whole = certificate.checkPrivateKey(createPrivateKey(key)) && certificate.verify(new X509Certificate(ca.cert).publicKey);
    const named = hosts.every((host) => (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined);
    return whole && named && certificate.validToDate.getTime() - now.getTime() > RENEW_DAYS * DAY;
  } catch {
    return false;
  }
}

async function makeCa(now: Date): Promise<Certificate> {
  const x509 = await library();
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=Sekisho development CA ${randomBytes(4).toString('hex')}`,
    notBefore: new Date(now.getTime() - DAY),
    notAfter: new Date(now.getTime() + CA_DAYS * DAY),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: `${cert.toString('pem')}\n`, key: await privatePem(keys.privateKey) };
}

async function makeServer(ca: Certificate, hosts: readonly string[], now: Date): Promise<Certificate> {
  const x509 = await library();
  const issuer = new x509.X509Certificate(ca.cert);
  const signingKey = await webcrypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(ca.key), ALGORITHM, false, ['sign']);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=Sekisho development',
    issuer: issuer.subject,
    notBefore: new Date(now.getTime() - DAY),
    notAfter: new Date(now.getTime() + SERVER_DAYS * DAY),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1']),
      new x509.SubjectAlternativeNameExtension(hosts.map((host) => ({ type: isIP(host) ? 'ip' : 'dns', value: host }) as const)),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: `${cert.toString('pem')}\n${ca.cert}`, key: await privatePem(keys.privateKey) };
}

/** Loaded only when a certificate has to be made. It wants the reflection of decorators to be there before it. */
async function library() {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

/** Positive, at most 20 bytes (RFC 5280, 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  const base64 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${base64.replaceAll(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`;
}
