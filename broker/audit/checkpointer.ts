import type { Clock, Log } from '../environment.ts';
import { sql, type Database, type Transaction } from '../store/index.ts';
import { events } from './catalogue.ts';
import { checkpointOf, lostHeads, readHeads, signCheckpoint, type Checkpoint } from './checkpoint.ts';
import { openHeadsWriter, type HeadsWriter } from './heads-writer.ts';
import type { Signer } from './signer.ts';
import type { Trail } from './trail.ts';

export type CheckpointerDeps = {
  readonly database: Database;
  readonly trail: Trail;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly log: Pick<Log, 'error'>;
  /** Kept outside the database, one for each gateway. */
  readonly headsFile: string;
  /** Names this gateway in what it signs. */
  readonly gateway: string;
  /** The longest time between two checkpoints while any gateway runs; 60 unless said otherwise. */
  readonly intervalSeconds?: number;
};

export type Checkpointer = {
  /** Signs at once, and from then on at least every interval. @throws Error where it cannot: then the gateway must not start */
  start(): Promise<void>;
  /** Signs a last time. Failures are logged, not thrown. */
  stop(): Promise<void>;
};

/** Held for the length of a signing transaction: one gateway signs at a time. ASCII "skas". */
const SIGNING_LOCK = 0x73_6b_61_73;
/** Checkpoints copied from the table at once. */
const BATCH = 500;

/**
 * Signs the newest record of every lane, again and again, so that what is truncated or written anew later can be told.
 *
 * Any number of gateways do this beside each other: whoever finds the newest checkpoint half an interval old signs the
 * next one, and each copies all of them into its own file. The table comes first, the file after the commit: what was not
 * copied for any reason is copied the next time.
 */
export function createCheckpointer(deps: CheckpointerDeps): Checkpointer {
  const { log, intervalSeconds = 60 } = deps;
  const period = (intervalSeconds * 1000) / 2;
  let writer: HeadsWriter | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const once = (why: Why) => {
    const file = writer;
    if (file === undefined) return Promise.resolve();
    return sign(deps, file, why, period).then(() => copy(deps, file));
  };
  /** One after the other; a failure is told and the next period tries again. */
  const attempt = (why: Why) => {
    running = running.then(() => once(why)).catch((error: unknown) => log.error('the audit trail could not be checkpointed', { error }));
    return running;
  };

  return {
    async start() {
      writer = await openHeadsWriter(deps.headsFile);
      try {
        await once('start');
      } catch (error) {
        await writer.close();
        throw error;
      }
      timer = setInterval(() => void attempt('due'), period);
    },
    async stop() {
      clearInterval(timer);
      await attempt('stop');
      await writer?.close();
      writer = undefined;
    },
  };
}

type Why = 'start' | 'due' | 'stop';

async function sign({ database, trail, signer, clock, log, gateway }: CheckpointerDeps, file: HeadsWriter, why: Why, period: number): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    if (!(await lock(transaction, why))) return;
    const inTable = await newest(transaction);
    const at = clock.now();
    // A clock that stands before the newest checkpoint is one of two that are wrong: sign.
    const age = inTable === undefined ? period : at.getTime() - inTable.at.getTime();
    if (why === 'due' && age >= 0 && age < period) return;

    const previous = later(inTable, file.last());
    const lost = previous === undefined ? [] : await lostHeads(transaction, previous.heads);
    if (lost.length > 0) log.error('the audit trail lost records that were signed: verify it', { lanes: lost.map(([lane]) => lane), number: previous?.number });
    if (previous !== undefined && previous !== inTable) log.error('the audit trail lost checkpoints that are in the heads file: verify it', { number: previous.number });

    const { number, body, signature, hash } = signCheckpoint({ previous, heads: await readHeads(transaction), at, gateway, signer });
    await transaction.insertInto('audit_checkpoint').values({ number, body, signature }).execute();
    if (why === 'start') {
      await trail.append(transaction, events.checkpointSigned({ actor: { kind: 'system' }, number, hash: hash.toString('hex'), keyId: signer.keyId, gateway }));
    }
  });
}

/** At a start and a stop it waits for its turn; in between, somebody else's signing is as good. */
async function lock(transaction: Transaction, why: Why): Promise<boolean> {
  if (why === 'due') {
    const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${SIGNING_LOCK}) as held`.execute(transaction);
    return rows[0]?.held === true;
  }
  await sql`select pg_advisory_xact_lock(${SIGNING_LOCK})`.execute(transaction);
  return true;
}

async function newest(transaction: Transaction): Promise<Checkpoint | undefined> {
  const row = await transaction.selectFrom('audit_checkpoint').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst();
  return row && checkpointOf(row);
}

/** The file is ahead of the table only when somebody took rows away from the table or put back an old backup. */
function later(inTable: Checkpoint | undefined, lastInFile: { body: Buffer; signature: Buffer } | undefined): Checkpoint | undefined {
  const inFile = lastInFile && checkpointOf(lastInFile);
  return inFile !== undefined && inFile.number > (inTable?.number ?? 0) ? inFile : inTable;
}

/** A new file begins with the newest checkpoint: it covers every record before it. */
async function copy({ database }: CheckpointerDeps, file: HeadsWriter): Promise<void> {
  for (;;) {
    const last = file.last();
    const rows = await database
      .selectFrom('audit_checkpoint')
      .selectAll()
      .$if(last !== undefined, (query) => query.where('number', '>', checkpointOf(last!).number).orderBy('number').limit(BATCH))
      .$if(last === undefined, (query) => query.orderBy('number', 'desc').limit(1))
      .execute();
    await file.append(rows);
    if (rows.length < BATCH) return;
  }
}
