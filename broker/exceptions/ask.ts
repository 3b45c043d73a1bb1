import { events } from '../audit/index.ts';
import { authorise } from '../authorization/index.ts';
import { createAct } from '../continuity/act.ts';
import { actorOf, type ContinuityDeps } from '../continuity/deps.ts';
import { closesAt, readReason } from '../continuity/given.ts';
import { trustedTime } from '../continuity/trusted-time.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { holdReach } from '../people/right.ts';
import { Refusal, type Exceptions } from '../port.ts';
import { sql } from '../store/index.ts';
import { readException } from './rows.ts';

/** Eight hours, whatever a policy says. */
const LONGEST = 28_800;

/** The first of the two, by the head of the person's unit or the BCP administrator. */
export function createAsk(deps: ContinuityDeps): Exceptions['ask'] {
  const { database, trail, clock, ids, policy } = deps;
  const act = createAct(deps);
  return async ({ person, exception: { personId, dutyId, seconds, reason: typed }, origin }) => {
    const { organisationId } = person;
    authorise(person, 'exceptions.ask');
    const rules = await policy.current();
    if (rules === undefined) throw new Refusal('policy-missing');
    requireFreshFactor(person, rules, clock);
    const longest = Math.min(rules.durations.exception, LONGEST);
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > longest) throw new Refusal('request-invalid', { fields: [{ path: 'seconds', expected: `1 to ${longest}` }] });
    const reason = readReason(typed);
    const id = ids.uuid();
    const circumstances = { actor: actorOf(person), organisationId, address: origin.address };
    await act(
      organisationId,
      async (transaction) => {
        const reach = await holdReach(transaction, person, 'exceptions.ask');
        const now = await trustedTime(transaction, deps);
        const { rows } = await sql<{ unit_id: string; duty_id: string }>`
          select person.unit_id, duty.id as duty_id from person
          join duty_assignment as held on held.person_id = person.id
          join duty on duty.id = held.duty_id and duty.status = 'active' and duty.zone = 'my-number'
          where person.id::text = ${personId.toLowerCase()} and duty.id::text = ${dutyId.toLowerCase()} and person.organisation_id = ${organisationId} and person.status = 'active'
          for no key update of person`.execute(transaction);
        const [found] = rows;
        if (found === undefined || (reach.units !== 'all' && !reach.units.includes(found.unit_id))) throw new Refusal('not-found');
        const { rows: open } = await sql`
          select from zone_exception as asked left join zone_exception_agreement as agreed on agreed.exception_id = asked.id
          where asked.person_id::text = ${personId.toLowerCase()} and asked.duty_id = ${found.duty_id} and coalesce(agreed.until, asked.closes_at) > ${now}
            and not exists (select from zone_exception_end where exception_id = asked.id)`.execute(transaction);
        if (open.length > 0) throw new Refusal('conflict');
        const asked = { id, organisation_id: organisationId, person_id: personId.toLowerCase(), unit_id: found.unit_id, duty_id: found.duty_id, seconds, reason, asked_by: person.personId, asked_at: now, closes_at: closesAt(now, rules) };
        await transaction.insertInto('zone_exception').values(asked).execute();
        await trail.append(transaction, events.exceptionAsked({ ...circumstances, exceptionId: id, personId: asked.person_id, dutyId: found.duty_id, seconds, reason, closesAt: asked.closes_at.toISOString() }));
      },
      (refusal) => events.exceptionRefused({ ...circumstances, act: 'ask', refusal }),
    );
    const made = await readException(database, person, { id, now: clock.now() });
    if (made === undefined) throw new Error('what was just asked for is there');
    return made;
  };
}
