import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTrail, events } from '../broker/audit/index.ts';
import { randomIds, systemClock } from '../broker/environment.ts';
import { startEmbeddedPostgres } from '../broker/store/embedded-postgres.ts';
import { migrateToLatest, openDatabase, sql, type Database } from '../broker/store/index.ts';
import { runVerify } from '../broker/audit/verify/main.ts';

export type AuditFigures = {
  /** Durable transactions a second, each with one event, over so many connections. */
  readonly appends: readonly { readonly connections: number; readonly chained: number; readonly plain: number; readonly ratio: number }[];
  /** Records a second that the verifier reads from the database and checks. */
  readonly verified: number;
};

const ROUNDS = 5;
const TRANSACTIONS = 1_000;

/** What the chain costs: an event appended to its lane, against the same row inserted into the same table without a chain. */
export async function benchAudit(): Promise<AuditFigures> {
  const directory = await mkdtemp(join(tmpdir(), 'sekisho-bench-'));
  const server = await startEmbeddedPostgres({ directory, log: () => undefined });
  const { connectionString } = server;
  const database = openDatabase({ connectionString, connections: 32, onIdleError: () => undefined });
  try {
    await migrateToLatest(database);
    await sql`create table plain_record (like audit_record including defaults including indexes)`.execute(database);
    const appends = [];
    for (const connections of [1, 10, 32]) appends.push(await compare(database, connections));
    return { appends, verified: await verifiedPerSecond(connectionString, database) };
  } finally {
    await database.destroy();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function compare(database: Database, connections: number) {
  const chained: number[] = [];
  const plain: number[] = [];
  // In turns, so that whatever else the machine does weighs on both.
  for (let round = 0; round < ROUNDS; round += 1) {
    chained.push(await perSecond(connections, () => appendChained(database)));
    plain.push(await perSecond(connections, () => insertPlain(database)));
  }
  const figures = { connections, chained: Math.round(median(chained)), plain: Math.round(median(plain)) };
  return { ...figures, ratio: Number((figures.chained / figures.plain).toFixed(2)) };
}

async function perSecond(connections: number, work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  let left = TRANSACTIONS;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return (TRANSACTIONS * 1000) / (performance.now() - from);
}

const trail = createTrail({ clock: systemClock, ids: randomIds });
const event = () => events.leaseActivated({ actor: { kind: 'person', personId: randomIds.uuid() }, organisationId: randomIds.uuid(), leaseId: randomIds.uuid(), relayId: randomIds.uuid() });

const appendChained = (database: Database) => database.transaction().execute((transaction) => trail.append(transaction, event()));

let plainSequence = 0;
const ZEROS = Buffer.alloc(32);
async function insertPlain(database: Database): Promise<void> {
  const sequence = (plainSequence += 1);
  const { code, organisationId, fields } = event();
  const body = Buffer.from(JSON.stringify(event()));
  await database.transaction().execute(async (transaction) => {
    await sql`
      insert into plain_record (lane, sequence, id, at, code, organisation_id, lease_id, previous_hash, hash, body)
      values (0, ${sequence}, ${randomIds.uuid()}, ${systemClock.now()}, ${code}, ${organisationId}, ${fields['leaseId']}, ${ZEROS}, ${ZEROS}, ${body})`.execute(transaction);
  });
}

async function verifiedPerSecond(connectionString: string, database: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from audit_record`.execute(database);
  const from = performance.now();
  const code = await runVerify(['--json'], { connectionString, stdout: { write: () => true }, stderr: process.stderr });
  if (code !== 0) throw new Error('the trail of the benchmark is not intact');
  return Math.round((rows[0]!.count * 1000) / (performance.now() - from));
}

const median = (values: readonly number[]) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;

if (import.meta.main) console.log(JSON.stringify(await benchAudit(), null, 2));
