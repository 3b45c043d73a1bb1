import { events } from '../audit/index.ts';
import { asOf, authorise, may } from '../authorization/index.ts';
import { createAct } from '../continuity/act.ts';
import { actorOf } from '../continuity/deps.ts';
import { later } from '../continuity/falls.ts';
import { holdRight } from '../continuity/hold-right.ts';
import { readLevel } from '../continuity/in-force.ts';
import { trustedTime } from '../continuity/trusted-time.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { Refusal, type Bypasses } from '../port.ts';
import { newCode, sealContext } from './code.ts';
import type { BypassDeps } from './deps.ts';
import { holdBypass } from './hold.ts';
import { readBypass } from './rows.ts';
import { requirePossible } from './rules.ts';

/** The second of the two, who is none of the other three. The code is told in this answer and never again. */
export function createApprove(deps: BypassDeps): Bypasses['approve'] {
  const { database, trail, clock, ids, policy, secretBox } = deps;
  const act = createAct(deps);
  return async ({ person, bypassId, origin }) => {
    const { organisationId, personId } = person;
    const rules = await policy.current();
    if (rules === undefined) throw new Refusal('policy-missing');
    if (may(asOf(person, clock.now()), 'bypass.approve')) requireFreshFactor(person, rules, clock);
    const code = newCode(ids.token());
    const circumstances = { actor: actorOf(person), organisationId, address: origin.address };
    await act(
      organisationId,
      async (transaction) => {
        authorise(asOf(person, clock.now()), 'bypass.approve');
        const { asDeputy } = await holdRight(transaction, person, 'bypass.approve', clock.now());
        const now = await trustedTime(transaction, deps);
        const issued = await holdBypass(transaction, organisationId, bypassId);
        const { id, issuedBy, voucherId } = issued;
        if ([issuedBy, issued.personId, voucherId].includes(personId)) throw new Refusal('own-bypass');
        if (issued.ended || issued.redeemUntil !== undefined || issued.closesAt <= now) throw new Refusal('bypass-closed');
        // A policy that has become stricter since counts, and so does a level that fell.
        const redeemUntil = later(now, requirePossible(rules, await readLevel(transaction, organisationId, now)).redeemWithin);
        const of = { bypass_id: id, organisation_id: organisationId, person_id: issued.personId, issued_by: issuedBy, voucher_id: voucherId };
        await transaction
          .insertInto('bypass_approval')
          .values({ ...of, approved_by: personId, approved_in: person.signInId, as_deputy: asDeputy ?? null, approved_at: now, sealed_code: secretBox.seal(code, sealContext(id)), redeem_until: redeemUntil })
          .execute();
        await trail.append(transaction, events.bypassApproved({ ...circumstances, bypassId: id, personId: issued.personId, issuedBy, voucherId, deputyshipId: asDeputy, redeemUntil: redeemUntil.toISOString() }));
      },
      (refusal) => events.bypassRefused({ ...circumstances, act: 'approve', bypassId, refusal }),
    );
    const bypass = await readBypass(database, person, { id: bypassId, now: clock.now() });
    if (bypass === undefined) throw new Refusal('not-found');
    return { bypass, code };
  };
}
