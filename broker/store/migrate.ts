import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import type { Database } from './database.ts';

const FOLDER = join(import.meta.dirname, 'migrations');

/** Brings the database to this program's version. Safe to call from several processes at once: one does it, the others wait. */
export async function migrateToLatest(database: Database): Promise<void> {
  const { error, results } = await migrator(database).migrateToLatest();
  const failed = results?.find((result) => result.status === 'Error');
  if (error) throw new Error(`migration ${failed?.migrationName ?? '(none begun)'} failed`, { cause: error });
}

/** True when no migration of this program is missing. */
export async function isMigrated(database: Database): Promise<boolean> {
  const migrations = await migrator(database).getMigrations();
  return migrations.every((migration) => migration.executedAt !== undefined);
}

function migrator(database: Database): Migrator {
  return new Migrator({ db: database, provider: { getMigrations: readMigrations } });
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql'));
  const migrations: Record<string, Migration> = {};
  for (const name of names) {
    const text = await readFile(join(FOLDER, name), 'utf8');
    migrations[name.replace(/\.sql$/, '')] = { up: async (db) => { await sql.raw(text).execute(db); } };
  }
  return migrations;
}
