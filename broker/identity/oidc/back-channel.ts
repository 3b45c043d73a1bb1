import { events } from '../../audit/index.ts';
import { Refusal, type Providers } from '../../port.ts';
import { inTransaction, sql, type Transaction } from '../../store/index.ts';
import { endSignIns } from '../ending.ts';
import { placeOf, type Place } from '../origin.ts';
import { tokenHash } from '../token.ts';
import type { ProvidersDeps } from './deps.ts';
import { FIGURES } from './figures.ts';
import { readLogout, type Logout } from './logout-token.ts';
import { countNoise } from './noise.ts';
import { providerRules } from './provider-rules.ts';

/** OpenID Connect Back-Channel Logout 1.0: what the provider says has ended ends here, with its leases, in one transaction. */
export function createBackChannel(deps: ProvidersDeps): Providers['logOut'] {
  return async ({ provider, logoutToken, origin }) => {
    const rules = await providerRules(deps, provider);
    const place = placeOf(origin);
    const client = await deps.registry.client(rules);
    if (client === undefined) throw new Refusal('provider-unavailable');
    const refuse = async (cause?: unknown) => {
      deps.log.warn('a logout token was refused', { provider, ...(cause instanceof Error && { error: cause }) });
      await countNoise(deps.database, deps, { provider, why: 'logout-token-invalid', place });
      return new Refusal('logout-token-invalid', {}, { cause });
    };
    let logout: Logout;
    try {
      logout = readLogout(await client.verify(logoutToken, { oldest: FIGURES.logoutAge, required: ['iat', 'jti', 'events'] }));
    } catch (error) {
      throw await refuse(error);
    }
    const taken = await inTransaction(deps.database, (transaction) => carryOut(transaction, deps, { issuer: client.issuer, provider, place, logout }));
    if (!taken) throw await refuse();
  };
}

/** @returns false for a token that was taken before */
async function carryOut(transaction: Transaction, deps: ProvidersDeps, { issuer, provider, place, logout }: { issuer: string; provider: string; place: Place; logout: Logout }): Promise<boolean> {
  const { clock, trail } = deps;
  const { jti, subject, sid } = logout;
  const now = clock.now();
  // Sign-ins of this provider that are under way are waited for; later ones find what is written here.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`provider issuer ${issuer}`}, 0))`.execute(transaction);
  const fresh = await transaction
    .insertInto('provider_logout')
    .values({ issuer, jti_hash: tokenHash(jti), subject: subject ?? null, sid: sid ?? null, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('jti_hash')
    .executeTakeFirst();
  if (fresh === undefined) return false;

  const sessions = transaction
    .selectFrom('provider_session as session')
    .innerJoin('provider_identity as identity', 'identity.id', 'session.identity_id')
    .where('identity.issuer', '=', issuer)
    .$if(subject !== undefined, (query) => query.where('identity.subject', '=', subject!))
    .$if(sid !== undefined, (query) => query.where('session.sid', '=', sid!))
    .select('session.half_sign_in_id');
  await transaction.updateTable('half_sign_in').set({ ended_at: now, ended_because: 'replaced' }).where('id', 'in', sessions).where('ended_at', 'is', null).execute();
  const open = await transaction.selectFrom('sign_in').where('half_sign_in_id', 'in', sessions).where('ended_at', 'is', null).select('id').execute();
  const ended = await endSignIns(transaction, deps, { which: { signInIds: open.map(({ id }) => id) }, why: 'by-provider', by: { kind: 'system', address: place.address } });
  await trail.append(transaction, events.providerSignedOut({ actor: { kind: 'system' }, address: place.address, provider, ended }));
  return true;
}
