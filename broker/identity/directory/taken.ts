import { Refusal } from '../../port.ts';
import { inTransaction, type Database, type Transaction } from '../../store/index.ts';

const UNIQUE_VIOLATION = '23505';

/** Runs work in a transaction. Throws `conflict` when a name it gives is taken. */
export async function unlessTaken<Result>(database: Database, field: string, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  try {
    return await inTransaction(database, work);
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    throw new Refusal('conflict', { fields: [{ path: field, expected: 'one that is not taken' }] }, { cause: error });
  }
}
