import { decide, holdFacts, type Asked, type Decision, type Held } from '../admission/index.ts';
import { events, type AuditEvent } from '../audit/index.ts';
import { recordDecision } from '../oversight/decisions.ts';
import { effectiveLevel, type Policy } from '../policy/index.ts';
import { Refusal, type Leases, type LeaseRequest, type LeaseView } from '../port.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import { actorOf, type LeasesDeps } from './deps.ts';
import { followEnded } from './ending.ts';
import { refusalOf } from './refusal.ts';
import { endInTheWay, endOpen, readView } from './store.ts';

/** Lock, gather the facts, decide, apply and record: one transaction. */
export function createRequest(deps: LeasesDeps): Leases['request'] {
  const { database, policy, asked, clock } = deps;
  return async (input) => {
    if ((input.desktopId === undefined) === (input.poolId === undefined)) throw new Refusal('request-invalid', { fields: [{ path: 'desktopId', expected: 'either a desktop or a pool' }] });
    const inForce = await policy.current();
    const { decision, lease, changed } = await inTransaction(database, (transaction) => decideOn(transaction, deps, input, inForce));
    if (lease === undefined || inForce === undefined) throw refusalOf(decision);
    for (const leaseId of changed) asked.forget(leaseId);
    if (input.credentials !== undefined) asked.keep(lease.id, input.credentials, later(clock.now(), inForce.durations.unused));
    return lease;
  };
}

/** `changed`: leases that ended for the change of duty. */
type Decided = { readonly decision: Decision; readonly lease?: LeaseView; readonly changed: readonly string[] };

async function decideOn(transaction: Transaction, deps: LeasesDeps, input: LeaseRequest, policy: Policy | undefined): Promise<Decided> {
  const { trail, clock, asked } = deps;
  const now = clock.now();
  const request = askedOf(input);
  const hold = () => holdFacts(transaction, request, policy, { now, counting: true, credentialsGiven: input.credentials !== undefined });
  const first = await hold();
  if (!first.signInLives) throw new Refusal('sign-in-required');
  const over = first.overdue ? await endInTheWay(transaction, now, { personId: request.personId, desktopId: first.desktopId, poolId: request.poolId }) : [];
  const held = over.length > 0 ? await hold() : first;
  const stillAsked = held.mine !== undefined && asked.get(held.mine) !== undefined && held.facts.credentials === 'missing';
  const facts = stillAsked ? { ...held.facts, credentials: 'given' as const } : held.facts;
  const decision = unlessDutyChanges(decide(facts), held.forOtherDuties, input.changeDuty === true);

  const admitted = decision.outcome === 'admit' && policy !== undefined;
  const changed = admitted && held.forOtherDuties.length > 0 ? await endOpen(transaction, { leaseIds: held.forOtherDuties }, 'duty-changed', now) : [];
  const leaseId = admitted ? (held.mine ?? deps.ids.uuid()) : undefined;
  const granted = leaseId !== undefined && policy !== undefined && held.mine === undefined ? await grant(transaction, { leaseId, request, held, policy, now, input }) : [];

  const circumstances = { actor: actorOf(input.person), organisationId: request.organisationId, address: request.address };
  const inputs = { desktopId: held.desktopId ?? request.desktopId ?? null, poolId: request.poolId ?? null, openLease: held.mine ?? null, forOtherDuties: held.forOtherDuties.length, ...decision.inputs, dutyId: request.dutyId };
  const decisionId = await recordDecision(transaction, {
    person: { ...input.person, unitId: held.unitId ?? input.person.unitId },
    desktopId: held.desktopId ?? request.desktopId,
    poolId: held.poolId ?? request.poolId,
    dutyId: request.dutyId,
    leaseId,
    decision: { ...decision, inputs },
    level: facts.level.level,
    site: facts.site,
    address: request.address,
    at: now,
  });
  const ended = [...(await followEnded(transaction, over, now)), ...(await followEnded(transaction, changed, now, { ...circumstances.actor, address: request.address }))];
  const decided = events.admissionDecided({ ...circumstances, decisionId, leaseId, decision: decision.outcome, reasons: decision.reasons, help: decision.help.map(({ kind }) => kind), inputs, policyVersion: decision.policyVersion });
  await trail.append(transaction, ...ended, decided, ...granted);
  const lease = leaseId === undefined ? undefined : await readView(transaction, leaseId, request.personId);
  return { decision, ...(lease && { lease }), changed: changed.map(({ id }) => id) };
}

/** One duty at a time: what is open for another one ends for the new session, once the person has said so, and only if that is admitted. */
function unlessDutyChanges(decision: Decision, forOtherDuties: readonly string[], agreed: boolean): Decision {
  if (decision.outcome !== 'admit' || forOtherDuties.length === 0 || agreed) return decision;
  return { ...decision, outcome: 'refuse', reasons: ['duty-change-ends-session'], help: [] };
}

type Granting = { readonly leaseId: string; readonly request: Asked; readonly held: Held; readonly policy: Policy; readonly now: Date; readonly input: LeaseRequest };

async function grant(transaction: Transaction, { leaseId, request, held, policy, now, input }: Granting): Promise<AuditEvent[]> {
  const { facts, desktopId, poolId, unitId } = held;
  const { desktop, duty, site, level } = facts;
  if (desktop === undefined || desktopId === undefined || duty === undefined || site === undefined || unitId === undefined) throw new Error('what is admitted is known');
  const expiresAt = later(now, policy.durations.lease);
  const { personId, organisationId, signInId, dutyId, address } = request;
  await transaction
    .insertInto('lease')
    .values({
      id: leaseId,
      organisation_id: organisationId,
      person_id: personId,
      unit_id: unitId,
      desktop_id: desktopId,
      pool_id: poolId ?? null,
      duty_id: dutyId,
      sign_in_id: signInId,
      site,
      address,
      weight: desktop.weight,
      exclusive: desktop.kind === 'exclusive',
      policy_version: policy.version,
      level: effectiveLevel(level, duty.class),
      level_number: level.number,
      state: 'granted',
      granted_at: now,
      expires_at: expiresAt,
      unused_until: later(now, policy.durations.unused),
    })
    .execute();
  const circumstances = { actor: actorOf(input.person), organisationId, address };
  return [events.leaseGranted({ ...circumstances, leaseId, personId, desktopId, dutyId, site, expiresAt: expiresAt.toISOString() })];
}

function askedOf({ person, desktopId, poolId, dutyId, origin }: LeaseRequest): Asked {
  const { personId, signInId, organisationId, organisationName } = person;
  return { personId, signInId, organisationId, organisationName, desktopId, poolId, dutyId, address: origin.address };
}

export function later(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
