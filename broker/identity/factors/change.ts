import type { RequestOrigin, SignedIn } from '../../port.ts';
import { inTransaction, type Transaction } from '../../store/index.ts';
import { requireFreshFactor } from '../fresh-factor.ts';
import { placeOf, type Place } from '../origin.ts';
import { refusal } from '../refusals.ts';
import type { FactorDeps } from './deps.ts';
import { mayChangeFactors, provedOwnFactor } from './may-change.ts';

export type By = { readonly person: SignedIn; readonly origin: RequestOrigin };

export type During = {
  readonly now: Date;
  readonly place: Place;
  readonly circumstances: { readonly actor: { readonly kind: 'person'; readonly personId: string; readonly signInId: string }; readonly organisationId: string; readonly address: string };
};

/** Lets a change of the person's own factors happen in a transaction; what is to be locked before the person goes before it. */
export type HoldChange = (transaction: Transaction) => Promise<During>;
export type PrepareChange = (by: By) => Promise<HoldChange>;

/**
 * The second factor was proved lately, or an administrator has just had the person before them. Changes of one person follow one
 * another.
 * @throws Refusal `re-proof-required`, `step-up-required`, `sign-in-required`
 */
export function createPrepareChange(deps: FactorDeps): PrepareChange {
  const { clock } = deps;
  return async ({ person: { personId, signInId, organisationId }, origin }) => {
    const [rules, policy] = [await deps.secondFactors(), await deps.policyInForce()];
    return async (transaction) => {
      const now = clock.now();
      const holder = await transaction.selectFrom('person').where('id', '=', personId).where('status', '=', 'active').select('id').forNoKeyUpdate().executeTakeFirst();
      const signIn = await transaction
        .selectFrom('sign_in')
        .where('id', '=', signInId)
        .where('person_id', '=', personId)
        .where('ended_at', 'is', null)
        .select(['method', 'at as since', 'proved_at as provedAt', 'reproved_at as reprovedAt'])
        .forShare()
        .executeTakeFirst();
      if (!holder || !signIn) throw refusal('sign-in-required');
      if (!mayChangeFactors(signIn, { reprovedAt: signIn.reprovedAt, reProofSeconds: rules?.reProof, now })) throw refusal('re-proof-required');
      if (provedOwnFactor(signIn)) requireFreshFactor(signIn, policy, clock);
      const place = placeOf(origin);
      return { now, place, circumstances: { actor: { kind: 'person', personId, signInId }, organisationId, address: place.address } };
    };
  };
}

export type ChangeFactors = <Result>(by: By, work: (transaction: Transaction, during: During) => Promise<Result>) => Promise<Result>;

/** A change that locks nothing before the person. */
export function createChangeFactors({ database }: FactorDeps, prepare: PrepareChange): ChangeFactors {
  return async (by, work) => {
    const hold = await prepare(by);
    return inTransaction(database, async (transaction) => work(transaction, await hold(transaction)));
  };
}
