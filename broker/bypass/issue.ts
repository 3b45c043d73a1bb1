import { events } from '../audit/index.ts';
import { authorise } from '../authorization/index.ts';
import { createAct } from '../continuity/act.ts';
import { actorOf, type ContinuityDeps } from '../continuity/deps.ts';
import { later } from '../continuity/falls.ts';
import { readReason } from '../continuity/given.ts';
import { holdRight } from '../continuity/hold-right.ts';
import { readLevel } from '../continuity/in-force.ts';
import { trustedTime } from '../continuity/trusted-time.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { readName } from '../identity/typed.ts';
import { Refusal, type Bypasses, type PriorityClass } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';
import { countBypasses, holdCount } from './hold.ts';
import { readBypass } from './rows.ts';
import { requireDuty, requirePossible, requireRoom } from './rules.ts';

/** The first of the two: who needs it, where, who vouches and how they were reached, and why. */
export function createIssue(deps: ContinuityDeps): Bypasses['issue'] {
  const { database, trail, clock, ids, policy } = deps;
  const act = createAct(deps);
  return async ({ person, bypass, origin }) => {
    const { organisationId } = person;
    authorise(person, 'bypass.issue');
    const rules = await policy.current();
    if (rules === undefined) throw new Refusal('policy-missing');
    requireFreshFactor(person, rules, clock);
    const shelter = readName(bypass.shelter, 'shelter');
    const reachedBy = readName(bypass.reachedBy, 'reachedBy');
    const reason = readReason(bypass.reason);
    const [personId, voucherId] = [bypass.personId.toLowerCase(), bypass.voucherId.toLowerCase()];
    const id = ids.uuid();
    const circumstances = { actor: actorOf(person), organisationId, address: origin.address };
    await act(
      organisationId,
      async (transaction) => {
        await holdRight(transaction, person, 'bypass.issue');
        const now = await trustedTime(transaction, deps);
        const possible = requirePossible(rules, await readLevel(transaction, organisationId, now));
        const { unitId, classes } = await holdBeneficiary(transaction, organisationId, personId);
        await requireVoucher(transaction, organisationId, voucherId);
        if (personId === person.personId || voucherId === person.personId || voucherId === personId) throw new Refusal('own-bypass');
        requireDuty(possible, classes);
        await holdCount(transaction, organisationId);
        requireRoom(possible, await countBypasses(transaction, { organisationId, personId, now }));
        const issued = { id, organisation_id: organisationId, person_id: personId, unit_id: unitId, shelter, voucher_id: voucherId, reached_by: reachedBy, reason };
        const closesAt = later(now, possible.approveWithin);
        await transaction
          .insertInto('bypass')
          .values({ ...issued, issued_by: person.personId, issued_in: person.signInId, issued_at: now, closes_at: closesAt })
          .execute();
        await trail.append(transaction, events.bypassIssued({ ...circumstances, bypassId: id, personId, shelter, voucherId, reachedBy, reason, closesAt: closesAt.toISOString() }));
      },
      (refusal) => events.bypassRefused({ ...circumstances, act: 'issue', personId, refusal }),
    );
    const made = await readBypass(database, person, { id, now: clock.now() });
    if (made === undefined) throw new Error('what was just issued is there');
    return made;
  };
}

/** @throws Refusal `not-found`; `bypass-unsuitable` for an account without a password, which a bypass does not take the place of */
async function holdBeneficiary(transaction: Transaction, organisationId: string, personId: string): Promise<{ unitId: string; classes: readonly PriorityClass[] }> {
  const { rows } = await sql<{ unit_id: string; password: boolean; classes: PriorityClass[] }>`
    select person.unit_id, person.password_hash is not null as password,
      array(select duty.priority_class from duty_assignment as held join duty on duty.id = held.duty_id and duty.status = 'active' where held.person_id = person.id) as classes
    from person where person.id::text = ${personId} and person.organisation_id = ${organisationId} and person.status = 'active'
    for share of person`.execute(transaction);
  const [found] = rows;
  if (found === undefined) throw new Refusal('not-found');
  if (!found.password) throw new Refusal('bypass-unsuitable');
  return { unitId: found.unit_id, classes: found.classes };
}

async function requireVoucher(transaction: Transaction, organisationId: string, voucherId: string): Promise<void> {
  const { rows } = await sql`
    select from role_grant join person on person.id = role_grant.person_id and person.status = 'active'
    where person.id::text = ${voucherId} and person.organisation_id = ${organisationId} and role_grant.organisation_id = ${organisationId} and role_grant.role = 'shelter-manager'
    for share of role_grant`.execute(transaction);
  if (rows.length === 0) throw new Refusal('not-found');
}
