import type { Transaction } from '../store/index.ts';
import { blockNow } from './standing.ts';
import { holdMarks, insertMark } from './store.ts';

export type SessionMoment = {
  readonly organisationId: string;
  readonly personId: string;
  readonly leaseId: string;
  /** `connected`: its first picture is shown; `ended`: the lease is over, for whatever reason and whether or not it was ever connected. */
  readonly moment: 'connected' | 'ended';
  readonly at: Date;
};

/**
 * Marks work that nobody marked. Call it in the transaction that moved the lease, after the statement that did and before
 * the trail is appended to; where several leases move at once, in the order of their people.
 *
 * A session that connects while the person is off starts work; so who marked the end and goes on stays off until the next
 * mark or the next connection. The end of the last open session ends it, but only where nothing was marked since a derived
 * start: who marked anything ends it too, and an end that is then forgotten is derived when the record is read (blocks.ts).
 * A pause is never ended here. These marks follow from the events of their sessions and have none of their own.
 */
export async function deriveTelework(transaction: Transaction, { organisationId, personId, leaseId, moment, at }: SessionMoment): Promise<void> {
  await holdMarks(transaction, personId);
  const block = await blockNow(transaction, personId, at);
  if (moment === 'connected') {
    if (block === undefined) await insertMark(transaction, { organisationId, personId, leaseId, kind: 'start', at });
    return;
  }
  const begunBySession = block?.marks.length === 1 && block.marks[0]?.source === 'derived';
  if (begunBySession && !(await anotherIsOpen(transaction, { personId, leaseId }))) await insertMark(transaction, { organisationId, personId, leaseId, kind: 'end', at });
}

/** One that was connected: what was granted and never used is no work. */
async function anotherIsOpen(transaction: Transaction, { personId, leaseId }: { personId: string; leaseId: string }): Promise<boolean> {
  const open = await transaction
    .selectFrom('lease')
    .where('person_id', '=', personId)
    .where('id', '<>', leaseId)
    .where('state', '<>', 'ended')
    .where('connected_at', 'is not', null)
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return open !== undefined;
}
