import { events, type Trail } from '../audit/index.ts';
import type { Policy } from '../policy/index.ts';
import { inTransaction, type Database } from '../store/index.ts';
import { later } from './grant.ts';

/**
 * Leases that rest on a My Number exception end with it, at its very end: they get notice so long before as the level's grace is. One
 * that ends by somebody's word ends its leases at once.
 */
export async function noticeEndOfExceptions(database: Database, { trail, policy, now }: { readonly trail: Trail; readonly policy: Policy; readonly now: Date }): Promise<void> {
  const longest = Math.max(...Object.values(policy.levels).map(({ grace }) => grace));
  const soon = () =>
    database
      .selectFrom('lease')
      .innerJoin('zone_exception_agreement as agreed', 'agreed.exception_id', 'lease.exception_id')
      .where('lease.state', '<>', 'ended')
      .where((is) => is.or([is('lease.closing_at', 'is', null), is('lease.closing_at', '>', is.ref('agreed.until'))]))
      .where('agreed.until', '<=', later(now, longest))
      .select(['lease.id', 'lease.organisation_id as organisationId', 'lease.level', 'agreed.until'])
      .orderBy('lease.id');
  const due = (await soon().execute()).filter(({ level, until }) => until <= later(now, policy.levels[level].grace));
  for (const { id, organisationId, until } of due) {
    await inTransaction(database, async (transaction) => {
      const closed = await transaction
        .updateTable('lease')
        .set({ closing_at: until, closing_because: 'exception-ended' })
        .where('id', '=', id)
        .where('state', '<>', 'ended')
        .where((is) => is.or([is('closing_at', 'is', null), is('closing_at', '>', until)]))
        .returning('id')
        .executeTakeFirst();
      if (closed !== undefined) await trail.append(transaction, events.leaseClosing({ actor: { kind: 'system' }, organisationId, leaseId: id, why: 'exception-ended', until: until.toISOString() }));
    });
  }
}
