import { events } from '../audit/index.ts';
import { authorise } from '../authorization/index.ts';
import { createAct } from '../continuity/act.ts';
import { actorOf, type ContinuityDeps } from '../continuity/deps.ts';
import { readReason } from '../continuity/given.ts';
import { trustedTime } from '../continuity/trusted-time.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import type { EndLeasesOf } from '../leases/index.ts';
import { holdReach } from '../people/right.ts';
import { Refusal, type Exceptions } from '../port.ts';
import { holdException } from './hold.ts';
import { readException } from './rows.ts';

/** Tightening takes one person: whatever rests on it ends in the same transaction. */
export function createEnd(deps: ContinuityDeps & { readonly endLeasesOf: EndLeasesOf }): Exceptions['end'] {
  const { database, trail, clock, policy, endLeasesOf } = deps;
  const act = createAct(deps);
  return async ({ person, exceptionId, reason: typed, origin }) => {
    const { organisationId, personId } = person;
    authorise(person, 'exceptions.end');
    requireFreshFactor(person, await policy.current(), clock);
    const reason = readReason(typed);
    const circumstances = { actor: actorOf(person), organisationId, address: origin.address };
    await act(
      organisationId,
      async (transaction) => {
        const reach = await holdReach(transaction, person, 'exceptions.end');
        const now = await trustedTime(transaction, deps);
        const { id, unitId, dutyId, ended, agreedUntil, closesAt, ...held } = await holdException(transaction, organisationId, exceptionId);
        if (reach.units !== 'all' && !reach.units.includes(unitId)) throw new Refusal('not-found');
        if (ended || (agreedUntil ?? closesAt) <= now) throw new Refusal('exception-closed');
        await transaction.insertInto('zone_exception_end').values({ exception_id: id, organisation_id: organisationId, reason, ended_by: personId, ended_at: now }).execute();
        await trail.append(transaction, events.exceptionEnded({ ...circumstances, exceptionId: id, personId: held.personId, dutyId, reason }));
        const leases = await transaction.selectFrom('lease').where('exception_id', '=', id).where('state', '<>', 'ended').select('id').orderBy('id').execute();
        for (const lease of leases) await endLeasesOf(transaction, { leaseId: lease.id }, 'exception-ended', { ...actorOf(person), address: origin.address });
      },
      (refusal) => events.exceptionRefused({ ...circumstances, act: 'end', exceptionId, refusal }),
    );
    const found = await readException(database, person, { id: exceptionId, now: clock.now() });
    if (found === undefined) throw new Refusal('not-found');
    return found;
  };
}
