import type { Connection, Transaction } from '../store/index.ts';
import type { StepDeps } from './deps.ts';
import type { SignInPolicy } from './policy.ts';
import { tokenHash } from './token.ts';

const DAY = 24 * 60 * 60_000;

/** A browser that was last used before this is not known any more. */
export function knownSince({ knownBrowserDays }: Pick<SignInPolicy, 'knownBrowserDays'>, now: Date): Date {
  return new Date(now.getTime() - knownBrowserDays * DAY);
}

/**
 * Remembers that a person has completed a sign-in in a browser.
 * @param known the browser and the value of its cookie, when it is known already
 * @returns the value of the cookie it shall have
 */
export async function rememberBrowser(
  transaction: Transaction,
  { clock, ids, policy }: Pick<StepDeps, 'clock' | 'ids' | 'policy'>,
  { personId, known }: { personId: string; known: { browserId: string; cookie: string } | undefined },
): Promise<string> {
  const now = clock.now();
  if (known) {
    const kept = await transaction.updateTable('known_browser').set({ last_used_at: now }).where('id', '=', known.browserId).executeTakeFirst();
    if (kept.numUpdatedRows > 0n) return known.cookie;
  }
  const cookie = ids.token();
  await transaction.insertInto('known_browser').values({ id: ids.uuid(), person_id: personId, token_hash: tokenHash(cookie), last_used_at: now }).execute();
  await forgetBrowsers(transaction, personId, policy.knownBrowsers);
  return cookie;
}

/** Keeps the ones used last. */
async function forgetBrowsers(transaction: Transaction, personId: string, keep: number): Promise<void> {
  await transaction
    .deleteFrom('known_browser')
    .where('id', 'in', browsersOf(transaction, personId).orderBy('last_used_at', 'desc').orderBy('id').offset(keep))
    .execute();
}

function browsersOf(connection: Connection, personId: string) {
  return connection.selectFrom('known_browser').where('person_id', '=', personId).select('id');
}
