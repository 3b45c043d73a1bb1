import { inTransaction, type Database, type Transaction } from '../../store/index.ts';
import { takenAsRefusal } from './violations.ts';

/** Runs work in a transaction. Throws `conflict` when a name it gives is taken. */
export const unlessTaken = <Result>(database: Database, field: string, work: (transaction: Transaction) => Promise<Result>): Promise<Result> => takenAsRefusal(field, () => inTransaction(database, work));
