export { openDatabase, sql, type Connection, type Database, type Transaction } from './database.ts';
export { listen } from './listen.ts';
export { isMigrated, migrateToLatest } from './migrate.ts';
export { inTransaction } from './retry.ts';
