import { readLevel } from '../continuity/in-force.ts';
import { dutyStanding, liftedRules, readDevice, readTelework, restsOnDevice, type DutyFacts, type DutyNow } from '../admission/index.ts';
import { countDays } from '../policy/day-limit.ts';
import { dayLimitFor, dutyRulesFor, hoursFor } from '../policy/duties.ts';
import { closesAt, isOpen, openings } from '../policy/hours.ts';
import { siteOf, type Policy } from '../policy/index.ts';
import { isTelework } from '../policy/telework.ts';
import type { OwnDuties, OwnDuty, RequestOrigin, SignedIn } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import type { DutiesDeps } from './deps.ts';

/** The person's duties, each judged by the checks of admission as far as they need neither desktop nor seat. Without a policy each is refused for that. */
export async function ownDuties({ database, clock, policy: source }: Pick<DutiesDeps, 'database' | 'clock' | 'policy'>, person: SignedIn, origin: RequestOrigin): Promise<OwnDuties> {
  const [now, policy] = [clock.now(), await source.current()];
  const { personId, organisationId, organisationName } = person;
  const site = policy && siteOf(policy, { address: origin.address, organisationName });
  const [level, brought, acknowledgedAt, handed, device] = [
    await readLevel(database, organisationId, now),
    await readTelework(database, { personId }, policy, now),
    await acknowledgedWhen(database, personId, policy),
    await handedOver(database, personId, now),
    await readDevice(database, person, now),
  ];
  const shared = { policy, level, organisationName, site, at: now, entry: 'open', acknowledged: brought.acknowledged, teleworkDays: brought.worked, occupancy: NOBODY, device } as const;
  const received = new Map(handed.filter(({ toMe }) => toMe).map((one) => [one.dutyId, one]));
  const duties = person.duties.map((duty): OwnDuty => {
    const delegation = brought.delegated.find(({ id }) => id === duty.id);
    const facts: DutyNow = { ...shared, duty: delegation ?? duty };
    const from = delegation && received.get(duty.id);
    return {
      ...duty,
      reasons: dutyStanding(facts),
      lifted: liftedRules(facts),
      ...(restsOnDevice(facts) && { onDevice: true }),
      ...(policy && rulesShown(policy, facts, duty)),
      ...(from && { receivedFrom: { delegationId: from.id, displayName: from.displayName, until: from.endsAt } }),
      handedTo: handed.filter(({ toMe, dutyId }) => !toMe && dutyId === duty.id).map(({ id, displayName, beginsAt, endsAt }) => ({ delegationId: id, displayName, from: beginsAt, until: endsAt })),
    };
  });
  const rules = policy?.telework?.acknowledgement;
  const { accountEndsAt } = brought;
  return {
    at: now,
    site: site ?? null,
    duties,
    ...(rules && { rules: { version: rules.version, digest: rules.digest, text: rules.rules, ...(acknowledgedAt && { acknowledgedAt }), lifted: liftedRules({ ...shared, duty: undefined }).includes('acknowledgement') } }),
    ...(policy?.devices && { device: device ? 'registered' : person.method === 'bypass' ? 'not-allowed' : 'to-register' }),
    ...(policy?.delegation && { delegation: { longest: policy.delegation.longest } }),
    ...(accountEndsAt && { accountEnds: { at: accountEndsAt, soon: accountEndsAt.getTime() - now.getTime() <= (policy?.loanedStaff?.warnBefore[0] ?? 0) * 1000 } }),
  };
}

const NOBODY = { mine: false, others: 0, residualOfAnother: false } as const;

/** What the policy says of the duty at this place and time. */
function rulesShown(policy: Policy, { site, at, organisationName, teleworkDays = [] }: DutyNow, duty: DutyFacts): Partial<OwnDuty> {
  const named = { name: duty.name, organisationName };
  const never = dutyRulesFor(policy, named)?.notTeleworkable;
  if (never !== undefined) return { notTeleworkable: never };
  if (!isTelework(site)) return {};
  const [hours, found, holidays] = [hoursFor(policy, named), dayLimitFor(policy, named), policy.telework?.holidays ?? []];
  const open = hours && isOpen(hours, holidays, at);
  const next = hours && (open === true ? closesAt(hours, holidays, at) : openings(hours, holidays, at)[0]);
  const used = found && countDays(teleworkDays.filter(({ dutyId }) => !found.ofDuty || dutyId === duty.id).map(({ day }) => day), at);
  return {
    ...(next && (open === true ? { closesAt: next } : { opensAt: next })),
    ...(found && used && { days: { ...(found.limit.week !== undefined && { week: { used: used.week, most: found.limit.week } }), ...(found.limit.month !== undefined && { month: { used: used.month, most: found.limit.month } }) } }),
  };
}

async function acknowledgedWhen(connection: Connection, personId: string, policy: Policy | undefined): Promise<Date | undefined> {
  const version = policy?.telework?.acknowledgement?.version;
  if (version === undefined) return undefined;
  return (await connection.selectFrom('rules_acknowledgement').where('person_id', '=', personId).where('version', '=', version).select('at').executeTakeFirst())?.at;
}

type Handed = { readonly id: string; readonly dutyId: string; readonly displayName: string; readonly beginsAt: Date; readonly endsAt: Date; readonly toMe: boolean };

/** Delegations of and to the person that run or are still to come, each with the other one's name. */
async function handedOver(connection: Connection, personId: string, now: Date): Promise<readonly Handed[]> {
  const { rows } = await sql<Handed>`
    select delegation.id, delegation.duty_id as "dutyId", other.display_name as "displayName", delegation.begins_at as "beginsAt", delegation.ends_at as "endsAt", delegation.delegate_id = ${personId} as "toMe"
    from delegation join person as other on other.id = case when delegation.delegate_id = ${personId} then delegation.delegator_id else delegation.delegate_id end
    where (delegation.delegate_id = ${personId} or delegation.delegator_id = ${personId}) and delegation.ended_at is null and delegation.ends_at > ${now}
    order by delegation.begins_at`.execute(connection);
  return rows;
}
