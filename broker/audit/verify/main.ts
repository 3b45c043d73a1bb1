import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { publicKeys } from './checkpoint.ts';
import { describe } from './finding.ts';
import { exportSource } from './export-source.ts';
import { headsFile } from './heads-file.ts';
import type { Source } from './source.ts';
import { verifyTrail, type Report } from './verify.ts';

export type { Report } from './verify.ts';

export type Streams = { readonly stdout: { write(text: string): unknown }; readonly stderr: { write(text: string): unknown } };

/** Exit codes: the trail is intact; something is wrong with it; it could not be verified. */
const INTACT = 0;
const NOT_INTACT = 1;
export const NOT_VERIFIED = 2;

const USAGE = `Usage: sekisho audit verify [--export FILE | --database URL] [--heads FILE]… [--key FILE]… [--until NUMBER] [--json]

  --export FILE    verify an export instead of the database
  --database URL   the PostgreSQL to verify, where it is not the one of the settings
  --heads FILE     signed heads that were kept outside the database; may be given for each gateway
  --key FILE       public key (PEM) of who signed them; may be given for each key there was
  --until NUMBER   the last checkpoint of the heads that counts, for an export older than the heads
  --json           the report as JSON

Exit code 0: intact. 1: altered, deleted, reordered, inserted or truncated. 2: could not be verified.
`;

/**
 * The verifier as a program: reads arguments, verifies, writes a report, gives the exit code.
 * @param streams.connectionString the database where neither --export nor --database names another source
 * @param streams.onReport told of the result where it is about that database
 */
export async function runVerify(argv: readonly string[], streams: Streams & { connectionString?: string; onReport?: (report: Report) => Promise<void> }): Promise<number> {
  try {
    const { values } = parseArgs({ args: [...argv], options: OPTIONS, strict: true });
    if (values.help) {
      streams.stdout.write(USAGE);
      return INTACT;
    }
    const heads = values.heads ?? [];
    const keys = values.key === undefined ? undefined : publicKeys(await Promise.all(values.key.map((path) => readFile(path, 'utf8'))));
    if (heads.length > 0 && keys === undefined) throw new Error('--heads needs --key: unsigned heads prove nothing');
    const report = await verifyTrail({
      openSource: () => openSource(values.export, values.database ?? streams.connectionString),
      headsFiles: heads.map((path) => ({ name: path, checkpoints: headsFile(path) })),
      keys,
      until: values.until === undefined ? undefined : numberOf(values.until),
    });
    if (values.export === undefined && values.database === undefined) await streams.onReport?.(report);
    streams.stdout.write(values.json ? `${JSON.stringify(report)}\n` : inWords(report));
    return report.intact ? INTACT : NOT_INTACT;
  } catch (error) {
    streams.stderr.write(`The trail could not be verified: ${because(error)}\n`);
    return NOT_VERIFIED;
  }
}

/** An error that stands for several (no address of a host answers) has no message of its own. */
function because(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map((one) => because(one)).join('; ');
  return error instanceof Error ? error.message : String(error);
}

const OPTIONS = {
  export: { type: 'string' },
  database: { type: 'string' },
  heads: { type: 'string', multiple: true },
  key: { type: 'string', multiple: true },
  until: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The database is reached by a module of its own, loaded only when it is needed: an export is verified without it. */
async function openSource(path: string | undefined, connectionString: string | undefined): Promise<Source> {
  if (path !== undefined) return exportSource(path);
  if (connectionString === undefined) throw new Error('nothing to verify: give --export FILE or --database URL');
  const { connectedSource } = await import('./database-source.ts');
  return connectedSource(connectionString);
}

function numberOf(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Error(`--until needs the number of a checkpoint, not ${text}`);
  return Number(text);
}

function inWords(report: Report): string {
  const through = report.through === null ? 'no checkpoint' : `checkpoint ${report.through.number} of ${report.through.at}`;
  return [
    report.intact ? `INTACT: ${report.source}` : `NOT INTACT: ${report.source}`,
    `${report.records} records in ${report.lanes} lanes verified; ${through}; ${report.uncovered} records not covered by a signed head.`,
    ...report.findings.map((finding) => `- ${describe(finding)}`),
    ...report.warnings.map((warning) => `Warning: ${warning}`),
    '',
  ].join('\n');
}

if (import.meta.main) process.exitCode = await runVerify(process.argv.slice(2), process);
