import { refusal } from '../refusals.ts';
import { sql, type Connection, type Transaction } from '../../store/index.ts';

/** As many as anybody keeps in order. */
export const MOST_PASSKEYS = 5;

export type Passkey = { readonly id: string; readonly personId: string; readonly credentialId: string; readonly publicKey: Buffer; readonly transports: readonly string[]; readonly name: string; readonly createdAt: Date; readonly lastUsedAt: Date | null; readonly stoppedAt: Date | null };

export function passkeysOf(connection: Connection, personId: string): Promise<Passkey[]> {
  return select(connection).where('person_id', '=', personId).orderBy('created_at').orderBy('id').execute();
}

/** Those that were not stopped. @throws Refusal `passkey-refused` where there is none */
export async function usablePasskeysOf(connection: Connection, personId: string): Promise<readonly Passkey[]> {
  const usable = (await passkeysOf(connection, personId)).filter(({ stoppedAt }) => stoppedAt === null);
  if (usable.length === 0) throw refusal('passkey-refused');
  return usable;
}

export function findPasskey(connection: Connection, credentialId: string): Promise<Passkey | undefined> {
  return select(connection).where('credential_id', '=', credentialId).executeTakeFirst();
}

/**
 * Counts one use of a passkey: what it counts has to be more than ever before, or nothing at all. Of two answers with one count, in
 * whichever processes, one hears true.
 */
export async function countUse(transaction: Transaction, { id, counter, now }: { id: string; counter: number; now: Date }): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update passkey set counter = ${counter}, last_used_at = ${now}
    where id = ${id} and stopped_at is null and (counter < ${counter} or (counter = 0 and ${counter} = 0)) returning id`.execute(transaction);
  return rows.length > 0;
}

function select(connection: Connection) {
  return connection
    .selectFrom('passkey')
    .select(['id', 'person_id as personId', 'credential_id as credentialId', 'public_key as publicKey', 'transports', 'name', 'created_at as createdAt', 'last_used_at as lastUsedAt', 'stopped_at as stoppedAt']);
}
