import { events } from '../audit/index.ts';
import { Refusal, type HalfSignIn, type SignIns } from '../port.ts';
import { inTransaction, type Connection, type Transaction } from '../store/index.ts';
import type { StepDeps } from './deps.ts';
import { endSignIns } from './ending.ts';
import { beginHalf, endHalves } from './half-sign-in.ts';
import { placeOf, type Place } from './origin.ts';
import { orThrow, refusal } from './refusals.ts';
import { tokenHash } from './token.ts';

/** The invited person's side of an invitation. */
export function createRedeeming(deps: StepDeps): Pick<SignIns, 'invitation' | 'redeemInvitation'> {
  const { database, clock, passwords } = deps;
  const find = async (token: string) => {
    const invitation = await findOpen(database, token, clock.now());
    if (!invitation) throw refusal('invitation-invalid');
    return invitation;
  };
  return {
    async invitation({ token }) {
      const { displayName, username } = await find(token);
      return { displayName, username };
    },

    async redeemInvitation({ token, password, origin }) {
      const { username } = await find(token);
      passwords.assertSuitable(password, username);
      const passwordHash = await passwords.hash(password);
      const half = orThrow(await inTransaction(database, (transaction) => redeem(transaction, deps, { token, passwordHash, place: placeOf(origin) })));
      return { next: half.next, ways: half.ways, token: half.token, expiresAt: half.expiresAt };
    },
  };
}

/** A new password ends what was signed in with the old one. */
async function redeem(transaction: Transaction, deps: StepDeps, { token, passwordHash, place }: { token: string; passwordHash: string; place: Place }): Promise<HalfSignIn | Refusal> {
  const { clock, trail } = deps;
  const now = clock.now();
  const invitation = await findOpen(transaction, token, now);
  if (!invitation) return refusal('invitation-invalid');
  const { personId, organisationId } = invitation;
  // Holds the person against being disabled; of several redemptions at once one finds the invitation open below.
  const person = await transaction.updateTable('person').set({ password_hash: passwordHash }).where('id', '=', personId).where('status', '=', 'active').returning('id').executeTakeFirst();
  const redeemed = await transaction
    .updateTable('invitation')
    .set({ redeemed_at: now })
    .where('id', '=', invitation.id)
    .where('redeemed_at', 'is', null)
    .where('voided_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!person || !redeemed) throw refusal('invitation-invalid');

  const actor = { kind: 'person', personId } as const;
  await endHalves(transaction, personId, 'replaced', now);
  await endSignIns(transaction, deps, { which: { personId }, why: 'replaced', by: { ...actor, address: place.address } });
  const half = await beginHalf(transaction, deps, personId);
  await trail.append(transaction, events.invitationRedeemed({ actor, organisationId, address: place.address, invitationId: invitation.id, personId }));
  return half;
}

function findOpen(connection: Connection, token: string, now: Date) {
  return connection
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .where('invitation.token_hash', '=', tokenHash(token))
    .where('invitation.expires_at', '>', now)
    .where('invitation.redeemed_at', 'is', null)
    .where('invitation.voided_at', 'is', null)
    .where('person.status', '=', 'active')
    .select(['invitation.id', 'person.id as personId', 'person.organisation_id as organisationId', 'person.username', 'person.display_name as displayName'])
    .executeTakeFirst();
}
