import { events } from '../../audit/index.ts';
import { Refusal } from '../../port.ts';
import { inTransaction, type Transaction } from '../../store/index.ts';
import { tokenHash } from '../token.ts';
import { voidInvitations } from './accounts.ts';
import type { DirectoryDeps } from './deps.ts';
import { readPerson } from './person.ts';

/** Three days: a weekend does not spoil it. */
const USUAL_SECONDS = 3 * 24 * 60 * 60;

export type IssuedInvitation = {
  /** 256 random bits in base64url, to be handed to the person; it cannot be read again. */
  readonly token: string;
  readonly expiresAt: Date;
};

export function createInviting(deps: DirectoryDeps) {
  return {
    /** A one-time link's token with which the person sets a password. Voids the one before. Throws `account-disabled`, `not-found`. */
    issueInvitation: (personId: string, { ttlSeconds = USUAL_SECONDS }: { ttlSeconds?: number } = {}): Promise<IssuedInvitation> =>
      inTransaction(deps.database, (transaction) => issue(transaction, deps, { personId, ttlSeconds })),
  };
}

export async function issue(
  transaction: Transaction,
  { clock, ids, trail, actor, address }: DirectoryDeps,
  { personId, ttlSeconds = USUAL_SECONDS }: { personId: string; ttlSeconds?: number },
): Promise<IssuedInvitation> {
  const { organisationId } = await readPerson(transaction, personId);
  const person = await transaction.selectFrom('person').where('id', '=', personId).select('status').forNoKeyUpdate().executeTakeFirstOrThrow();
  if (person.status !== 'active') throw new Refusal('account-disabled');

  const now = clock.now();
  const invitation = { id: ids.uuid(), token: ids.token(), expiresAt: new Date(now.getTime() + ttlSeconds * 1000) };
  await voidInvitations(transaction, personId, now);
  await transaction
    .insertInto('invitation')
    .values({
      id: invitation.id,
      person_id: personId,
      token_hash: tokenHash(invitation.token),
      issued_at: now,
      expires_at: invitation.expiresAt,
      redeemed_at: null,
      voided_at: null,
    })
    .execute();
  await trail.append(transaction, events.invitationIssued({ actor, address, organisationId, invitationId: invitation.id, personId, expiresAt: invitation.expiresAt.toISOString() }));
  return { token: invitation.token, expiresAt: invitation.expiresAt };
}
