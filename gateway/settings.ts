/** Every setting, an environment variable each. docs/settings.md is written from this table. */
import { z } from 'zod';
import { parseTrustedProxies } from './auth/client-address.ts';
import { LOG_LEVELS } from './log/index.ts';

const port = z.string().regex(/^\d{1,5}$/, 'must be a port').transform(Number).pipe(z.number().max(65_535, 'must be a port'));
const path = z.string().min(1);
const whole = (min: number, max: number) =>
  z.string().regex(/^\d{1,7}$/, 'must be a whole number').transform(Number).pipe(z.number().min(min, `must be ${min} or more`).max(max, `must be ${max} or less`));

const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://');
const publicUrl = z
  .url({ protocol: /^https$/, error: 'must be an https:// address' })
  .refine((text) => URL.parse(text)?.pathname === '/' && !/[?#@]/.test(text), 'must hold nothing after the host and port');
const guacd = z
  .string()
  .transform((list) => list.split(',').map((entry) => /^(tls:\/\/)?(\[[0-9a-fA-F:.]+\]|[\w.-]+):(\d{1,5})$/.exec(entry.trim())))
  .refine((entries) => entries.every((match) => match && Number(match[3]) > 0 && Number(match[3]) < 65_536), 'must be host:port or tls://host:port, several with commas between')
  .transform((entries) => entries.map((match) => ({ tls: match![1] !== undefined, host: match![2]!.replaceAll(/[[\]]/g, ''), port: Number(match![3]) })));
const proxies = z.string().transform((list, context) => {
  try {
    return parseTrustedProxies(list);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be addresses or CIDR ranges with commas between' });
    return z.NEVER;
  }
});

/** Values are texts; a variable that is empty counts as not set. */
export const SETTINGS = {
  SEKISHO_MODE: z
    .enum(['production', 'demo'], { error: 'must be production or demo' })
    .default('production')
    .describe('`demo` is for a try-out with accounts and desktops made up by `npm run demo`; its data never starts in `production`.'),
  DATABASE_URL: databaseUrl.optional().describe('PostgreSQL 15 or newer. Without it a PostgreSQL of the product\'s own runs under the data directory.'),
  DATABASE_URL_FILE: path.optional().describe('A file that holds DATABASE_URL, which has a password in it.'),
  SEKISHO_HOST: z.string().min(1).optional().describe('Address to listen on. Without it: 127.0.0.1 while SEKISHO_PUBLIC_URL is not set, all addresses otherwise.'),
  SEKISHO_PORT: port.default(8443).describe('Port of the HTTPS listener.'),
  SEKISHO_PUBLIC_URL: publicUrl.optional().describe('What people type, such as `https://telework.example.lg.jp`. Requests from pages of another origin are refused. Without it: `https://localhost:<port>`.'),
  SEKISHO_TLS_CERT_FILE: path.optional().describe('Certificate chain (PEM), leaf first. Without it, on a loopback or private name only, a certificate of the development CA in `certs/`.'),
  SEKISHO_TLS_KEY_FILE: path.optional().describe('Private key (PEM) of that certificate.'),
  SEKISHO_GUACD: guacd.prefault('127.0.0.1:4822').describe('`host:port` of guacd, `tls://host:port` for TLS; several with commas between: the one with the fewest sessions is taken, and one that was not reached is left out for 30 s while another is left.'),
  SEKISHO_GUACD_CA_FILE: path.optional().describe('CA (PEM) of guacd\'s TLS certificates. Without it: the system\'s.'),
  SEKISHO_DATA_DIR: path.default('var').describe('Directory that the product writes to.'),
  SEKISHO_SECRET_KEY_FILE: path.optional().describe('Seals secrets in the database: one key a line, 32 bytes in base64, the first one seals. Without it, with the product\'s own PostgreSQL only: `keys/secret.key` under the data directory, made on first run.'),
  SEKISHO_AUDIT_KEY_FILE: path.optional().describe('Signs the audit trail: an Ed25519 private key (PKCS #8 PEM). Without it, with the product\'s own PostgreSQL only: `keys/audit.pem` under the data directory, made on first run.'),
  SEKISHO_AUDIT_HEADS_FILE: path.optional().describe('Signed heads of the audit trail are appended here, outside the database; each gateway has a file of its own. Without it: `audit-heads.jsonl` under the data directory.'),
  SEKISHO_POLICY_DIR: path.default('policies').describe('Directory of the policy files. A policy that cannot be read refuses everybody.'),
  SEKISHO_OIDC_SECRETS_DIR: path.optional().describe('Directory of the client secrets of identity providers: one file each, named by the id that `policies/sign-in.yaml` gives the provider. Without it no provider can be used.'),
  SEKISHO_OIDC_CA_FILE: path.optional().describe('CA (PEM) of the TLS certificates of identity providers. Without it: the system\'s.'),
  SEKISHO_TRUSTED_PROXIES: proxies.prefault('').describe('Addresses or CIDR ranges of proxies whose X-Forwarded-For is believed, with commas between.'),
  SEKISHO_CONNECTIONS_PER_ADDRESS: whole(1, 100_000).default(512).describe('Connections that one address may have open at once; trusted proxies are not counted.'),
  SEKISHO_LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info').describe('Least urgent level that the operational log writes.'),
} as const satisfies Record<string, z.ZodType>;

export type Settings = Readonly<z.infer<z.ZodObject<typeof SETTINGS>>>;
