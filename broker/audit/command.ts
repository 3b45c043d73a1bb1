import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openDatabase, type Database } from '../store/index.ts';
import { events } from './catalogue.ts';
import { createNotes } from './notes.ts';
import { exportTrail } from './export.ts';
import { readSigner, writeSigningKey } from './signer.ts';
import type { Trail } from './trail.ts';
import { NOT_VERIFIED, runVerify, type Report, type Streams } from './verify/main.ts';

export type AuditCommandDeps = Streams & {
  /** Of the settings, where there is one. */
  readonly connectionString?: string;
  readonly trail: Trail;
};

const USAGE = `Usage: sekisho audit verify   check the trail (sekisho audit verify --help)
       sekisho audit export --output FILE [--database URL]   write the trail for a verifier elsewhere
       sekisho audit key --private FILE [--generate] [--public FILE]   write the public key, on stdout unless --public is given
`;

/** `sekisho audit …`. Verifying and exporting the trail are themselves put on it. @returns the exit code */
export async function runAudit(argv: readonly string[], deps: AuditCommandDeps): Promise<number> {
  const [command, ...rest] = argv;
  try {
    if (command === 'verify') return await verify(rest, deps);
    if (command === 'export') return await writeExport(rest, deps);
    if (command === 'key') return await writeKey(rest, deps);
  } catch (error) {
    deps.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return NOT_VERIFIED;
  }
  deps.stderr.write(USAGE);
  return NOT_VERIFIED;
}

function verify(argv: readonly string[], { stdout, stderr, connectionString, trail }: AuditCommandDeps): Promise<number> {
  if (connectionString === undefined) return runVerify(argv, { stdout, stderr });
  const log = { error: (message: string) => stderr.write(`${message}\n`) };
  const onReport = ({ intact, records, findings, through }: Report) =>
    withDatabase(connectionString, (database) =>
      createNotes({ database, trail, log }).note(
        events.trailVerified({ actor: { kind: 'operator' }, intact, records, findings: findings.map(({ kind }) => kind), throughCheckpoint: through?.number }),
      ),
    );
  return runVerify(argv, { stdout, stderr, connectionString, onReport });
}

async function writeExport(argv: readonly string[], { stdout, connectionString, trail }: AuditCommandDeps): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { output: { type: 'string' }, database: { type: 'string' } } });
  const from = values.database ?? connectionString;
  if (from === undefined || values.output === undefined) throw new Error(USAGE);
  const output = values.output;
  return withDatabase(from, async (database) => {
    const records = await exportTrail(database, createWriteStream(output, { flags: 'wx', mode: 0o600, flush: true }));
    await database.transaction().execute((transaction) => trail.append(transaction, events.trailExported({ actor: { kind: 'operator' }, records })));
    stdout.write(`${records} records written to ${output}\n`);
    return 0;
  });
}

async function writeKey(argv: readonly string[], { stdout }: AuditCommandDeps): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { private: { type: 'string' }, public: { type: 'string' }, generate: { type: 'boolean', default: false } } });
  if (values.private === undefined) throw new Error(USAGE);
  if (values.generate) await writeSigningKey(values.private);
  const { publicKey } = await readSigner(values.private);
  if (values.public === undefined) stdout.write(publicKey);
  else await writeFile(values.public, publicKey, { flag: 'wx', mode: 0o644 });
  return 0;
}

async function withDatabase<Result>(connectionString: string, work: (database: Database) => Promise<Result>): Promise<Result> {
  const database = openDatabase({ connectionString, connections: 2, onIdleError: () => {} });
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}
