import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { developmentCertificate, type Certificate } from '../certs/development.ts';
import { SettingsWrong, type Config } from './config.ts';

type CertificateDeps = {
  readonly config: Pick<Config, 'tls' | 'publicOrigin'>;
  /** Folder of the development CA. */
  readonly directory: string;
  readonly now: Date;
};

/**
 * The listener's certificate chain and key: the ones that the settings name, or a development one for this machine.
 * @throws SettingsWrong where the two files are not readable, not a pair or out of date
 */
export async function readCertificate({ config: { tls, publicOrigin }, directory, now }: CertificateDeps): Promise<Certificate> {
  if (!tls) {
    const own = publicOrigin === undefined ? [] : [new URL(publicOrigin).hostname.replaceAll(/[[\]]/g, '')];
    return developmentCertificate({ directory, hosts: [...new Set([...own, 'localhost', '127.0.0.1', '::1'])], now });
  }
  const cert = await read(tls.certFile, 'SEKISHO_TLS_CERT_FILE');
  const key = await read(tls.keyFile, 'SEKISHO_TLS_KEY_FILE');
  const leaf = parse(() => new X509Certificate(cert), 'SEKISHO_TLS_CERT_FILE names a file that holds no certificate in PEM.');
  const privateKey = parse(() => createPrivateKey(key), 'SEKISHO_TLS_KEY_FILE names a file that holds no private key in PEM.');
  if (!leaf.checkPrivateKey(privateKey)) throw new SettingsWrong(['SEKISHO_TLS_KEY_FILE is not the key of the certificate in SEKISHO_TLS_CERT_FILE, whose first one must be the leaf.']);
  if (leaf.validToDate <= now) throw new SettingsWrong([`SEKISHO_TLS_CERT_FILE: the certificate ended on ${leaf.validToDate.toISOString().slice(0, 10)}.`]);
  return { cert, key };
}

async function read(file: string, setting: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new SettingsWrong([`${setting} names a file that cannot be read.`]);
  }
}

function parse<Value>(make: () => Value, otherwise: string): Value {
  try {
    return make();
  } catch {
    throw new SettingsWrong([otherwise]);
  }
}
