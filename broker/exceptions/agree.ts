import { events } from '../audit/index.ts';
import { asOf, authorise, may } from '../authorization/index.ts';
import { createAct } from '../continuity/act.ts';
import { actorOf, type ContinuityDeps } from '../continuity/deps.ts';
import { later } from '../continuity/falls.ts';
import { holdRight } from '../continuity/hold-right.ts';
import { trustedTime } from '../continuity/trusted-time.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { Refusal, type Exceptions } from '../port.ts';
import { endByReturn } from '../succession/returned.ts';
import { holdException } from './hold.ts';
import { readException } from './rows.ts';

/** The second of the two: the authority or its deputy, who neither asked for it nor uses it. It holds from here on. */
export function createAgree(deps: ContinuityDeps): Exceptions['agree'] {
  const { database, trail, clock, policy } = deps;
  const act = createAct(deps);
  return async ({ person, exceptionId, origin }) => {
    const { organisationId, personId } = person;
    const rules = await policy.current();
    if (rules === undefined) throw new Refusal('policy-missing');
    if (may(asOf(person, clock.now()), 'exceptions.agree')) requireFreshFactor(person, rules, clock);
    const circumstances = { actor: actorOf(person), organisationId, address: origin.address };
    await act(
      organisationId,
      async (transaction) => {
        authorise(asOf(person, clock.now()), 'exceptions.agree');
        const { asDeputy } = await holdRight(transaction, person, 'exceptions.agree', clock.now());
        const returned = asDeputy === undefined ? await endByReturn(transaction, person, clock.now()) : [];
        const now = await trustedTime(transaction, deps);
        const asked = await holdException(transaction, organisationId, exceptionId);
        if (asked.askedBy === personId || asked.personId === personId) throw new Refusal('own-exception');
        if (asked.agreedUntil !== null || asked.ended || asked.closesAt <= now) throw new Refusal('exception-closed');
        // A policy that has become stricter since counts.
        const until = later(now, Math.min(asked.seconds, rules.durations.exception));
        const { id, dutyId, askedBy } = asked;
        await transaction
          .insertInto('zone_exception_agreement')
          .values({ exception_id: id, organisation_id: organisationId, person_id: asked.personId, asked_by: askedBy, agreed_by: personId, as_deputy: asDeputy ?? null, agreed_at: now, until })
          .execute();
        await trail.append(transaction, ...returned, events.exceptionAgreed({ ...circumstances, exceptionId: id, personId: asked.personId, dutyId, askedBy, deputyshipId: asDeputy, until: until.toISOString() }));
      },
      (refusal) => events.exceptionRefused({ ...circumstances, act: 'agree', exceptionId, refusal }),
    );
    const found = await readException(database, person, { id: exceptionId, now: clock.now() });
    if (found === undefined) throw new Refusal('not-found');
    return found;
  };
}
