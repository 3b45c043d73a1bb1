import { createHash } from 'node:crypto';
import { sql, type Connection, type Transaction } from '../../store/index.ts';
import type { ThrottlePolicy } from '../policy.ts';
import { waitOf, waitOfAddress, type Failures } from './rules.ts';

/** Whose failures a try is measured by. */
export type Suspect = {
  /** In its stored form; somebody's or nobody's. */
  readonly username: string;
  /** Set for a try from a browser that is known for this person. */
  readonly browserId: string | undefined;
  /** The IPv4 address or IPv6 /64. */
  readonly network: string;
};

export type Throttle = {
  /** Seconds until this try may be made; 0 for now, Infinity for never without a reset. A look, no promise. */
  wait(connection: Connection, suspect: Suspect, now: Date): Promise<number>;
  /**
   * The same, and until the transaction ends no other try on the same budget is answered anywhere. What a try found out
   * may be told only if this said 0, so that tries made at once cannot get more answers than tries made in a row.
   */
  enter(transaction: Transaction, suspect: Suspect, now: Date): Promise<number>;
  countFailure(transaction: Transaction, suspect: Suspect, now: Date): Promise<void>;
  /**
   * Forgets the failures on the account and in this browser; with a network, as many of that one's as well: who gets in after
   * mistakes costs those behind the same address nothing.
   */
  forget(transaction: Transaction, suspect: Pick<Suspect, 'username' | 'browserId'> & { readonly network?: string }): Promise<void>;
};

/** Keeps the count of failures in PostgreSQL, so that all gateways have one. */
export function createThrottle(policy: ThrottlePolicy): Throttle {
  const wait: Throttle['wait'] = async (connection, suspect, now) => {
    const keys = keysOf(suspect);
    const rows = await connection
      .selectFrom('sign_in_throttle')
      .select(['key', 'failures', 'last_at'])
      .where('key', 'in', [keys.budget, keys.address])
      .execute();
    const failures = new Map(rows.map((row): [string, Failures] => [row.key, { count: row.failures, lastAt: row.last_at }]));
    const budget = waitOf(failures.get(keys.budget), suspect.browserId === undefined ? policy.account : policy.browser, now);
    if (suspect.browserId !== undefined) return budget;
    return Math.max(budget, waitOfAddress(failures.get(keys.address), policy.address, now));
  };

  return {
    wait,

    async enter(transaction, suspect, now) {
      await sql`select pg_advisory_xact_lock(hashtextextended(${keysOf(suspect).budget}, 0))`.execute(transaction);
      return wait(transaction, suspect, now);
    },

    async countFailure(transaction, suspect, now) {
      const keys = keysOf(suspect);
      // What an address has forgotten follows waitOfAddress's rule.
      await sql`
        insert into sign_in_throttle as known (key, failures, last_at) values (${keys.budget}, 1, ${now})
        on conflict (key) do update set failures = known.failures + 1, last_at = excluded.last_at`.execute(transaction);
      await sql`
        insert into sign_in_throttle as known (key, failures, last_at) values (${keys.address}, 1, ${now})
        on conflict (key) do update set
          failures = greatest(0, known.failures - greatest(0, extract(epoch from excluded.last_at - known.last_at)) * ${policy.address.forgottenPerMinute} / 60) + 1,
          last_at = greatest(known.last_at, excluded.last_at)`.execute(transaction);
    },

    async forget(transaction, { username, browserId, network }) {
      const keys = [accountKey(username), ...(browserId === undefined ? [] : [browserKey(browserId)])];
      const forgotten = await transaction.deleteFrom('sign_in_throttle').where('key', 'in', keys).returning('failures').execute();
      const count = forgotten.reduce((sum, { failures }) => sum + failures, 0);
      if (count > 0 && network !== undefined) await sql`update sign_in_throttle set failures = greatest(0, failures - ${count}) where key = ${`address:${network}`}`.execute(transaction);
    },
  };
}

/** Failures that no longer count, and those on names that nobody bears, are cleared away. */
export async function clearThrottle(transaction: Transaction, { policy, now }: { policy: ThrottlePolicy; now: Date }): Promise<void> {
  const forgotten = new Date(now.getTime() - (policy.address.most * 2 * 60_000) / policy.address.forgottenPerMinute);
  await transaction.deleteFrom('sign_in_throttle').where('key', 'like', 'address:%').where('last_at', '<', forgotten).execute();
  await sql`
    delete from sign_in_throttle where key like 'account:%' and last_at < ${now}::timestamptz - interval '7 days'
    and key not in (select 'account:' || encode(sha256(convert_to(username, 'UTF8')), 'hex') from person)`.execute(transaction);
  await sql`
    delete from sign_in_throttle where key like 'browser:%' and last_at < ${now}::timestamptz - interval '7 days'
    and key not in (select 'browser:' || id from known_browser)`.execute(transaction);
}

function keysOf({ username, browserId, network }: Suspect): { budget: string; address: string } {
  return { budget: browserId === undefined ? accountKey(username) : browserKey(browserId), address: `address:${network}` };
}

/** Hashed: somebody may have typed a password in the wrong field. */
export function accountKey(username: string): string {
  return `account:${createHash('sha256').update(username).digest('hex')}`;
}

function browserKey(browserId: string): string {
  return `browser:${browserId}`;
}
