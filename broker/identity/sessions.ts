import { Refusal, type SignInEnd, type SignIns } from '../port.ts';
import { inTransaction } from '../store/index.ts';
import type { SignInsDeps } from './deps.ts';
import { endSignIns } from './ending.ts';
import { findHalf } from './half-sign-in.ts';
import { lapse } from './lapse.ts';
import { placeOf } from './origin.ts';
import { assertId, refusal } from './refusals.ts';
import { readSignIn, type SignInState } from './signed-in.ts';
import { readStanding } from './standing.ts';
import { tokenHash } from './token.ts';

/** What is done with a sign-in once it stands. */
export function createSessions(deps: SignInsDeps): Pick<SignIns, 'resolve' | 'peek' | 'standing' | 'signOut' | 'endOwn' | 'setLanguage'> {
  const { database, clock } = deps;

  return {
    async resolve(token, { unattended = false } = {}) {
      if (token === undefined) throw refusal('sign-in-required');
      const state = await readSignIn(database, tokenHash(token), clock.now());
      if (!state) {
        const half = await findHalf(database, token, clock.now());
        throw refusal(half && !half.endedAt ? 'sign-in-incomplete' : 'sign-in-required');
      }
      if (state.ended) throw over(state.ended);
      const why = state.personDisabled ? 'account-disabled' : lapse(state, clock.now());
      if (why) {
        await endLapsed(deps, state.signedIn.signInId, why);
        throw over(why);
      }
      if (!unattended) await markSeen(deps, state);
      return state.signedIn;
    },

    async peek(token) {
      const state = await readSignIn(database, tokenHash(token), clock.now());
      const stands = state && !state.ended && !state.personDisabled && lapse(state, clock.now()) === undefined;
      return stands ? state.signedIn : undefined;
    },

    standing: (signInIds) => readStanding(database, signInIds, clock.now()),

    async signOut({ token, origin }) {
      const { address } = placeOf(origin);
      const state = await readSignIn(database, tokenHash(token), clock.now());
      if (!state) {
        const half = await findHalf(database, token, clock.now());
        if (half) await database.updateTable('half_sign_in').set({ ended_at: clock.now(), ended_because: 'by-owner' }).where('id', '=', half.id).where('ended_at', 'is', null).execute();
        return;
      }
      const { signInId, personId } = state.signedIn;
      const by = { kind: 'person', personId, signInId, address } as const;
      await inTransaction(database, (transaction) => endSignIns(transaction, deps, { which: { signInId }, why: 'by-owner', by }));
    },

    async endOwn({ person, signInId, origin }) {
      assertId(signInId);
      const own = await database.selectFrom('sign_in').where('id', '=', signInId).where('person_id', '=', person.personId).select('id').executeTakeFirst();
      if (!own) throw refusal('not-found');
      const by = { kind: 'person', personId: person.personId, signInId: person.signInId, address: placeOf(origin).address } as const;
      const why = signInId.toLowerCase() === person.signInId ? 'by-owner' : 'by-owner-elsewhere';
      await inTransaction(database, (transaction) => endSignIns(transaction, deps, { which: { signInId }, why, by }));
    },

    async setLanguage({ person, language }) {
      if (language !== 'ja' && language !== 'en') throw refusal('request-invalid');
      await database.updateTable('person').set({ language }).where('id', '=', person.personId).execute();
    },
  };
}

const over = (ended: SignInEnd) => new Refusal('sign-in-required', { ended });

/** In the name of the system: it was the clock, or whoever disabled the account. */
export async function endLapsed(deps: SignInsDeps, signInId: string, why: Extract<SignInEnd, 'idle' | 'expired' | 'account-disabled'>): Promise<void> {
  const idleAt = why === 'idle' ? { idleAt: deps.clock.now() } : {};
  await inTransaction(deps.database, (transaction) => endSignIns(transaction, deps, { which: { signInId }, why, by: { kind: 'system' }, ...idleAt }));
}

async function markSeen({ database, clock, policy }: SignInsDeps, { signedIn, lastSeenAt }: SignInState): Promise<void> {
  const now = clock.now();
  const due = new Date(now.getTime() - policy.seenEverySeconds * 1000);
  if (lastSeenAt > due) return;
  await database.updateTable('sign_in').set({ last_seen_at: now }).where('id', '=', signedIn.signInId).where('ended_at', 'is', null).where('last_seen_at', '<=', due).execute();
}
