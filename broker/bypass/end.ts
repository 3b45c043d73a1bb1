import { events } from '../audit/index.ts';
import { authorise } from '../authorization/index.ts';
import { createAct } from '../continuity/act.ts';
import { actorOf } from '../continuity/deps.ts';
import { readReason } from '../continuity/given.ts';
import { holdRight } from '../continuity/hold-right.ts';
import { trustedTime } from '../continuity/trusted-time.ts';
import { endSignIns } from '../identity/ending.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { Refusal, type Bypasses } from '../port.ts';
import type { BypassDeps } from './deps.ts';
import { holdBypass } from './hold.ts';
import { readBypass } from './rows.ts';

/** Tightening takes one person: the sign-in that rests on it ends in the same transaction, with its sessions. */
export function createEnd(deps: BypassDeps): Bypasses['end'] {
  const { database, trail, clock, policy } = deps;
  const act = createAct(deps);
  return async ({ person, bypassId, reason: typed, origin }) => {
    const { organisationId, personId } = person;
    authorise(person, 'bypass.end');
    requireFreshFactor(person, await policy.current(), clock);
    const reason = readReason(typed);
    const circumstances = { actor: actorOf(person), organisationId, address: origin.address };
    await act(
      organisationId,
      async (transaction) => {
        await holdRight(transaction, person, 'bypass.end');
        const now = await trustedTime(transaction, deps);
        const { id, closesAt, redeemUntil, signIn, ended, ...issued } = await holdBypass(transaction, organisationId, bypassId);
        const open = signIn === undefined ? (redeemUntil ?? closesAt) > now : signIn.endedAt === null && signIn.expiresAt > now;
        if (ended || !open) throw new Refusal('bypass-closed');
        await transaction.insertInto('bypass_end').values({ bypass_id: id, organisation_id: organisationId, reason, ended_by: personId, ended_at: now }).execute();
        await trail.append(transaction, events.bypassEnded({ ...circumstances, bypassId: id, personId: issued.personId, reason }));
        if (signIn !== undefined) await endSignIns(transaction, deps, { which: { signInId: signIn.id }, why: 'bypass-ended', by: { ...actorOf(person), address: origin.address } });
      },
      (refusal) => events.bypassRefused({ ...circumstances, act: 'end', bypassId, refusal }),
    );
    const found = await readBypass(database, person, { id: bypassId, now: clock.now() });
    if (found === undefined) throw new Refusal('not-found');
    return found;
  };
}
