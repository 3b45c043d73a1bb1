import { events } from '../../audit/index.ts';
import type { ProviderRules } from '../../policy/index.ts';
import { Refusal, type FinishedAtProvider, type Providers } from '../../port.ts';
import { inTransaction, sql, type Transaction } from '../../store/index.ts';
import { findAccount, holdPerson } from '../account.ts';
import { complete } from '../complete.ts';
import { beginHalf } from '../half-sign-in.ts';
import { knownSince } from '../known-browser.ts';
import { placeOf, type Place } from '../origin.ts';
import { identityOf } from './accounts.ts';
import { exactClaim, type Claims } from './claims.ts';
import type { ProvidersDeps } from './deps.ts';
import { FIGURES } from './figures.ts';
import { countNoise } from './noise.ts';
import { providerRules } from './provider-rules.ts';
import { AnswerRefused, REASONS } from './reasons.ts';
import { provedAt } from './second-factor.ts';
import { followRoles } from './roles.ts';
import { secretsOf } from './secrets.ts';
import { rememberSession } from './session.ts';
import { takeTransaction, type TakenTransaction } from './transactions.ts';

type Finishing = Parameters<Providers['finish']>[0];

/** The way back from a provider. Everything that is asked of it is asked before the transaction in which somebody becomes signed in. */
export function createFinish(deps: ProvidersDeps): Providers['finish'] {
  return async (input) => {
    const rules = await providerRules(deps, input.provider);
    const place = placeOf(input.origin);
    try {
      const taken = await takeTransaction(deps.database, deps, input);
      const client = await deps.registry.client(rules);
      if (client === undefined) throw new AnswerRefused('unavailable');
      const claims = await client.redeem({ callback: input.callback, answer: new URLSearchParams(input.answer), secrets: secretsOf(input.token!) });
      return await inTransaction(deps.database, (transaction) => settle(transaction, deps, { input, rules, place, taken, issuer: client.issuer, claims }));
    } catch (error) {
      if (!(error instanceof AnswerRefused)) throw error;
      await tell(deps, rules, place, error);
      throw new Refusal(REASONS[error.why].code, {}, { cause: error });
    }
  };
}

type Believed = { readonly input: Finishing; readonly rules: ProviderRules; readonly place: Place; readonly taken: TakenTransaction; readonly issuer: string; readonly claims: Claims & { readonly sub: string } };

/** Locks in the order issuer, subject, person, half-finished sign-in. */
async function settle(transaction: Transaction, deps: ProvidersDeps, believed: Believed): Promise<FinishedAtProvider> {
  const { clock, policy, trail } = deps;
  const { input, rules, place, taken, issuer, claims } = believed;
  const subject = claims.sub;
  const sid = exactClaim(claims, 'sid');
  if (exactClaim(claims, 'sub') === undefined) throw new AnswerRefused('token-invalid');
  await shareIssuer(transaction, issuer);
  if (await signedOutSince(transaction, { issuer, subject, sid, since: taken.begunAt })) throw new AnswerRefused('signed-out-meanwhile', { subject });
  const identity = await identityOf(transaction, deps, { rules, issuer, claims, address: place.address });
  const person = await holdPerson(transaction, identity.personId);
  const account = await findAccount(transaction, { personId: identity.personId }, input.origin, knownSince(policy, clock.now()));
  if (account === undefined || person?.status !== 'active') throw new AnswerRefused('account-disabled', { subject });

  await followRoles(transaction, deps, { rules, claims, address: place.address, held: account });
  const half = await beginHalf(transaction, deps, account.personId);
  const { next, ways } = half;
  await rememberSession(transaction, { halfId: half.id, identityId: identity.id, sid, at: clock.now() });
  const actor = { kind: 'person', personId: account.personId } as const;
  const proved = provedAt(claims, rules.secondFactor, clock.now(), FIGURES.tolerance);
  const accepted = events.providerAccepted({ actor, organisationId: account.organisationId, address: place.address, provider: rules.id, next: proved === undefined ? next : 'done' });
  if (proved === undefined) {
    await trail.append(transaction, accepted);
    return { returnTo: taken.returnTo, half: { next, ways, token: half.token, expiresAt: half.expiresAt } };
  }
  return {
    returnTo: taken.returnTo,
    complete: await complete(transaction, deps, { halfId: half.id, account, place, knownBrowser: input.origin.knownBrowser, method: 'oidc', provedAt: proved, also: () => [accepted] }),
  };
}

/** Sign-ins of a provider go on beside each other; its logout waits for them, and they for it (back-channel.ts). */
const shareIssuer = (transaction: Transaction, issuer: string) => sql`select pg_advisory_xact_lock_shared(hashtextextended(${`provider issuer ${issuer}`}, 0))`.execute(transaction);

async function signedOutSince(transaction: Transaction, { issuer, subject, sid, since }: { issuer: string; subject: string; sid: string | undefined; since: Date }): Promise<boolean> {
  const found = await transaction
    .selectFrom('provider_logout')
    .where('issuer', '=', issuer)
    .where('at', '>=', since)
    .where((is) => is.or([is.and([is('subject', '=', subject), is.or([is('sid', 'is', null), is('sid', '=', sid ?? null)])]), is.and([is('subject', 'is', null), is('sid', '=', sid ?? null)])]))
    .select('jti_hash')
    .executeTakeFirst();
  return found !== undefined;
}

async function tell(deps: ProvidersDeps, { id: provider, organisation }: ProviderRules, place: Place, { why, subject, cause }: AnswerRefused): Promise<void> {
  const { database, trail, log } = deps;
  log.warn('the answer of an identity provider was refused', { provider, cause: why, ...(cause instanceof Error && { error: cause }) });
  if (REASONS[why].noise) return countNoise(database, deps, { provider, why, place });
  await inTransaction(database, async (transaction) => {
    const found = await transaction.selectFrom('organisation').where('name', '=', organisation).select('id').executeTakeFirst();
    await trail.append(transaction, events.providerSignInRefused({ actor: { kind: 'person' }, organisationId: found?.id, address: place.address, provider, why, count: 1, subject, userAgent: place.userAgent }));
  });
}
