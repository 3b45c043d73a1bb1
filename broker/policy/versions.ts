import type { Database, Transaction } from '../store/index.ts';
import type { PolicyFiles } from './files.ts';
import type { Policy } from './policy.ts';

export type PolicyVersion = { /** Counts the policies that were ever loaded. */ readonly number: number; readonly version: string; readonly loadedAt: Date };
export type PolicyTexts = PolicyVersion & { readonly files: readonly { readonly name: string; readonly text: string }[] };

/** Keeps the files of a policy, so that a decision made under it can be understood later. Once a version, whoever loads it again. */
export async function recordVersion(transaction: Transaction, { version }: Pick<Policy, 'version'>, files: PolicyFiles, at: Date): Promise<void> {
  const known = await transaction.selectFrom('policy_version').where('digest', '=', version).select('digest').executeTakeFirst();
  if (known !== undefined) return;
  const texts = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, bytes.toString('utf8')]));
  await transaction
    .insertInto('policy_version')
    .values({ digest: version, files: JSON.stringify(texts), loaded_at: at })
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .execute();
}

/** Every policy that was in force once, the newest first. */
export async function listVersions(connection: Database | Transaction): Promise<readonly PolicyVersion[]> {
  const rows = await connection.selectFrom('policy_version').select(['number', 'digest', 'loaded_at']).orderBy('number', 'desc').execute();
  return rows.map(({ number, digest, loaded_at }) => ({ number: Number(number), version: digest, loadedAt: loaded_at }));
}

/** One of them with its texts, by name of file. */
export async function readVersion(connection: Database | Transaction, version: string): Promise<PolicyTexts | undefined> {
  const row = await connection.selectFrom('policy_version').where('digest', '=', version).selectAll().executeTakeFirst();
  if (row === undefined) return undefined;
  const files = Object.entries(row.files).map(([name, text]) => ({ name, text }));
  return { number: Number(row.number), version: row.digest, loadedAt: row.loaded_at, files: files.sort((one, other) => (one.name < other.name ? -1 : 1)) };
}
