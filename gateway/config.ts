/** Reads the environment, derives what follows from it and rejects contradictions. The only file that reads the environment. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { TrustedProxies } from './auth/client-address.ts';
import type { LogLevel } from './log/index.ts';
import { SETTINGS, type Settings } from './settings.ts';

export type Config = {
  readonly mode: 'production' | 'demo';
  /** Absent: a PostgreSQL of the product's own under the data directory. */
  readonly databaseUrl?: string;
  /** Absent: every address. */
  readonly host?: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Absent: `https://localhost:<port>`. An origin, without a slash at its end. */
  readonly publicOrigin?: string;
  /** Absent: a certificate of the development CA. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  readonly guacd: readonly { readonly host: string; readonly port: number; readonly tls: boolean }[];
  readonly guacdCaFile?: string;
  readonly dataDirectory: string;
  readonly secretKey: KeyFile;
  readonly auditKey: KeyFile;
  readonly auditHeadsFile: string;
  readonly policyDirectory: string;
  /** Client secrets of identity providers, a file each. */
  readonly oidcSecretsDirectory?: string;
  readonly oidcCaFile?: string;
  readonly trustedProxies: TrustedProxies;
  readonly connectionsPerAddress: number;
  readonly logLevel: LogLevel;
  /** Names that look like settings and are none: most likely misspelt. */
  readonly unknownSettings: readonly string[];
};

/** `given`: named by a setting and therefore never made here. */
export type KeyFile = { readonly path: string; readonly given: boolean };

/** Something is wrong with the settings. Its message names each of them and no value. */
export class SettingsWrong extends Error {
  override readonly name = 'SettingsWrong';

  constructor(wrongs: readonly string[]) {
    super(`The settings are not right:\n${wrongs.map((wrong) => `  ${wrong}`).join('\n')}\ndocs/settings.md describes them all.`);
  }
}

/** @throws SettingsWrong */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const settings = parse(environment);
  const databaseUrl = settings.DATABASE_URL ?? databaseUrlOf(settings.DATABASE_URL_FILE);
  const wrongs = contradictions(settings, databaseUrl !== undefined);
  if (wrongs.length > 0) throw new SettingsWrong(wrongs);

  const dataDirectory = resolve(settings.SEKISHO_DATA_DIR);
  const keyFile = (given: string | undefined, name: string): KeyFile =>
    given === undefined ? { path: join(dataDirectory, 'keys', name), given: false } : { path: resolve(given), given: true };
  const host = settings.SEKISHO_HOST ?? (settings.SEKISHO_PUBLIC_URL === undefined ? '127.0.0.1' : undefined);
  return Object.freeze({
    mode: settings.SEKISHO_MODE,
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(host !== undefined && { host }),
    port: settings.SEKISHO_PORT,
    ...(settings.SEKISHO_PUBLIC_URL !== undefined && { publicOrigin: new URL(settings.SEKISHO_PUBLIC_URL).origin }),
    ...(settings.SEKISHO_TLS_CERT_FILE !== undefined &&
      settings.SEKISHO_TLS_KEY_FILE !== undefined && { tls: { certFile: resolve(settings.SEKISHO_TLS_CERT_FILE), keyFile: resolve(settings.SEKISHO_TLS_KEY_FILE) } }),
    guacd: settings.SEKISHO_GUACD,
    ...(settings.SEKISHO_GUACD_CA_FILE !== undefined && { guacdCaFile: resolve(settings.SEKISHO_GUACD_CA_FILE) }),
    dataDirectory,
    secretKey: keyFile(settings.SEKISHO_SECRET_KEY_FILE, 'secret.key'),
    auditKey: keyFile(settings.SEKISHO_AUDIT_KEY_FILE, 'audit.pem'),
    auditHeadsFile: resolve(settings.SEKISHO_AUDIT_HEADS_FILE ?? join(dataDirectory, 'audit-heads.jsonl')),
    policyDirectory: resolve(settings.SEKISHO_POLICY_DIR),
    ...(settings.SEKISHO_OIDC_SECRETS_DIR !== undefined && { oidcSecretsDirectory: resolve(settings.SEKISHO_OIDC_SECRETS_DIR) }),
    ...(settings.SEKISHO_OIDC_CA_FILE !== undefined && { oidcCaFile: resolve(settings.SEKISHO_OIDC_CA_FILE) }),
    trustedProxies: settings.SEKISHO_TRUSTED_PROXIES,
    connectionsPerAddress: settings.SEKISHO_CONNECTIONS_PER_ADDRESS,
    logLevel: settings.SEKISHO_LOG_LEVEL,
    unknownSettings: Object.keys(environment).filter((name) => name.startsWith('SEKISHO_') && !(name in SETTINGS)),
  });
}

function parse(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, environment[name] === '' ? undefined : environment[name]]));
  const result = z.object(SETTINGS).safeParse(given);
  if (result.success) return result.data;
  throw new SettingsWrong(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`));
}

function databaseUrlOf(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    const result = SETTINGS.DATABASE_URL.safeParse(readFileSync(file, 'utf8').trim());
    if (result.success) return result.data;
  } catch {
    throw new SettingsWrong(['DATABASE_URL_FILE names a file that cannot be read.']);
  }
  throw new SettingsWrong(['DATABASE_URL_FILE names a file that does not hold an address beginning with postgresql://.']);
}

/** A database that others share needs keys that others share: one made here would seal what no other gateway can open. */
function contradictions(settings: Settings, sharedDatabase: boolean): string[] {
  const wrongs: string[] = [];
  if (settings.DATABASE_URL !== undefined && settings.DATABASE_URL_FILE !== undefined) wrongs.push('DATABASE_URL and DATABASE_URL_FILE are both set: one of them says where the database is.');
  if ((settings.SEKISHO_TLS_CERT_FILE === undefined) !== (settings.SEKISHO_TLS_KEY_FILE === undefined)) wrongs.push('SEKISHO_TLS_CERT_FILE and SEKISHO_TLS_KEY_FILE go together: set both.');
  if (settings.SEKISHO_MODE !== 'production') return wrongs;
  if (sharedDatabase) {
    for (const name of ['SEKISHO_SECRET_KEY_FILE', 'SEKISHO_AUDIT_KEY_FILE', 'SEKISHO_AUDIT_HEADS_FILE'] as const) {
      if (settings[name] === undefined) wrongs.push(`${name} is missing: with a database of your own it has to be given.`);
    }
  }
  if (settings.SEKISHO_TLS_CERT_FILE === undefined && !isPrivateName(settings.SEKISHO_PUBLIC_URL)) {
    wrongs.push('SEKISHO_TLS_CERT_FILE is missing: an address that the public uses needs a certificate that browsers trust.');
  }
  return wrongs;
}

function isPrivateName(publicUrl: string | undefined): boolean {
  if (publicUrl === undefined) return true;
  const host = new URL(publicUrl).hostname.replaceAll(/[[\]]/g, '');
  if (ipaddr.isValid(host)) return ['loopback', 'private', 'uniqueLocal', 'linkLocal'].includes(ipaddr.process(host).range());
  return host === 'localhost' || /\.(localhost|local|internal|test|home\.arpa)$/.test(host);
}
