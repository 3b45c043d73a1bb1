import type { Clock, Ids } from '../../environment.ts';
import type { Connection, Database, Transaction } from '../../store/index.ts';
import type { Place } from '../origin.ts';
import { tokenHash } from '../token.ts';
import { FIGURES } from './figures.ts';
import { AnswerRefused } from './reasons.ts';

const DAY = 24 * 60 * 60_000;

export type TakenTransaction = { readonly begunAt: Date; readonly returnTo: string };

/** @returns undefined where too many are open from this network */
export async function beginTransaction(database: Database, { clock, ids }: { clock: Clock; ids: Ids }, { provider, returnTo, place }: { provider: string; returnTo: string; place: Place }): Promise<{ token: string; expiresAt: Date } | undefined> {
  const now = clock.now();
  const open = await openFrom(database, place.network, now);
  if (open >= FIGURES.transactionsPerNetwork) return undefined;
  const token = ids.token();
  const expiresAt = new Date(now.getTime() + FIGURES.transaction * 1000);
  await database
    .insertInto('provider_transaction')
    .values({ id: ids.uuid(), token_hash: tokenHash(token), provider_id: provider, return_to: returnTo, network: place.network, begun_at: now, expires_at: expiresAt, used_at: null })
    .execute();
  return { token, expiresAt };
}

/**
 * Uses a transaction up: of any number of answers, in whichever process, one is heard, whatever comes of it.
 * @throws AnswerRefused `other-browser`, `took-too-long`, `answer-replayed`, `issuer-wrong`
 */
export async function takeTransaction(database: Database, { clock }: { clock: Clock }, { token, provider }: { token: string | undefined; provider: string }): Promise<TakenTransaction> {
  if (token === undefined) throw new AnswerRefused('other-browser');
  const now = clock.now();
  const taken = await database
    .updateTable('provider_transaction')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash(token))
    .where('used_at', 'is', null)
    .returning(['provider_id as provider', 'begun_at as begunAt', 'expires_at as expiresAt', 'return_to as returnTo'])
    .executeTakeFirst();
  if (taken === undefined) {
    const used = await database.selectFrom('provider_transaction').where('token_hash', '=', tokenHash(token)).select('id').executeTakeFirst();
    throw new AnswerRefused(used === undefined ? 'other-browser' : 'answer-replayed');
  }
  if (taken.expiresAt <= now) throw new AnswerRefused('took-too-long');
  if (taken.provider !== provider) throw new AnswerRefused('issuer-wrong');
  return taken;
}

export async function clearTransactions(transaction: Transaction, now: Date): Promise<void> {
  await transaction.deleteFrom('provider_transaction').where('expires_at', '<', new Date(now.getTime() - DAY)).execute();
}

async function openFrom(connection: Connection, network: string, now: Date): Promise<number> {
  const { open } = await connection
    .selectFrom('provider_transaction')
    .where('network', '=', network)
    .where('expires_at', '>', now)
    .where('used_at', 'is', null)
    .select(({ fn }) => fn.countAll<string>().as('open'))
    .executeTakeFirstOrThrow();
  return Number(open);
}
