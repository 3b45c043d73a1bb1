import type { Database, Transaction } from './database.ts';

/** PostgreSQL's deadlock_detected and serialization_failure: nothing happened, and another try may succeed. */
const WORTH_ANOTHER_TRY = new Set(['40P01', '40001']);
const TRIES = 5;

/** Runs work in a transaction, from its start again when PostgreSQL ended it to let another one through. */
export async function inTransaction<Result>(database: Database, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.transaction().execute(work);
    } catch (error) {
      if (tries >= TRIES || !WORTH_ANOTHER_TRY.has(String((error as { code?: unknown }).code))) throw error;
    }
  }
}
