export { openDatabase, sql, type Connection, type Database, type Transaction } from './database.ts';
export { isMigrated, migrateToLatest } from './migrate.ts';
