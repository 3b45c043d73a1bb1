import { decide, holdFacts, type Asked, type Decision } from '../admission/index.ts';
import { events } from '../audit/index.ts';
import type { Policy } from '../policy/index.ts';
import { Refusal, type Leases, type LeaseRequest, type LeaseView } from '../port.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import { actorOf, type LeasesDeps } from './deps.ts';
import { endedByTime } from './ending.ts';
import { overdue } from './overdue.ts';
import { endOverdue, readView } from './store.ts';

/** Lock, gather the facts, decide, apply and record: one transaction. */
export function createRequest(deps: LeasesDeps): Leases['request'] {
  const { database, policy, asked, clock } = deps;
  return async (input) => {
    const inForce = await policy.current();
    const { decision, lease } = await inTransaction(database, (transaction) => decideOn(transaction, deps, input, inForce));
    if (lease === undefined || inForce === undefined) throw new Refusal(decision.reasons[0] ?? 'internal-error', { reasons: decision.reasons });
    if (input.credentials !== undefined) asked.keep(lease.id, input.credentials, later(clock.now(), inForce.durations.unused));
    return lease;
  };
}

async function decideOn(transaction: Transaction, deps: LeasesDeps, input: LeaseRequest, policy: Policy | undefined): Promise<{ decision: Decision; lease?: LeaseView }> {
  const { trail, clock, asked } = deps;
  const request = askedOf(input);
  const held = () => holdFacts(transaction, request, policy, { counting: true, credentialsGiven: input.credentials !== undefined });
  const first = await held();
  if (!first.signInLives) throw new Refusal('sign-in-required');
  const now = clock.now();
  const ended = first.open && overdue(first.open, now) ? await endOverdue(transaction, now, { desktopId: input.desktopId, limit: 1 }) : [];
  const { facts, open } = ended.length > 0 ? await held() : first;
  const openLeaseId = open?.mine === true ? open.id : undefined;
  const stillAsked = openLeaseId !== undefined && asked.get(openLeaseId) !== undefined && facts.credentials === 'missing';
  const decision = decide(stillAsked ? { ...facts, credentials: 'given' } : facts);

  const circumstances = { actor: actorOf(input.person), organisationId: request.organisationId, address: request.address };
  const written = [
    ...ended.map(endedByTime),
    events.admissionDecided({
      ...circumstances,
      decision: decision.outcome,
      reasons: decision.reasons,
      inputs: { desktopId: request.desktopId, dutyId: request.dutyId, openLease: openLeaseId ?? null, ...decision.inputs },
      policyVersion: decision.policyVersion,
    }),
  ];
  const { site } = facts;
  if (decision.outcome === 'refuse' || policy === undefined || site === undefined) {
    await trail.append(transaction, ...written);
    return { decision };
  }

  const leaseId = openLeaseId ?? deps.ids.uuid();
  if (openLeaseId === undefined) {
    const expiresAt = later(now, policy.durations.lease);
    await transaction
      .insertInto('lease')
      .values({
        id: leaseId,
        organisation_id: request.organisationId,
        person_id: request.personId,
        desktop_id: request.desktopId,
        duty_id: request.dutyId,
        sign_in_id: request.signInId,
        site,
        address: request.address,
        weight: facts.desktop?.weight ?? 1,
        policy_version: policy.version,
        state: 'granted',
        granted_at: now,
        expires_at: expiresAt,
        unused_until: later(now, policy.durations.unused),
      })
      .execute();
    written.push(events.leaseGranted({ ...circumstances, leaseId, personId: request.personId, desktopId: request.desktopId, dutyId: request.dutyId, site, expiresAt: expiresAt.toISOString() }));
  }
  await trail.append(transaction, ...written);
  const lease = await readView(transaction, leaseId, request.personId);
  if (lease === undefined) throw new Error('a lease that was just granted is there');
  return { decision, lease };
}

function askedOf({ person, desktopId, dutyId, origin }: LeaseRequest): Asked {
  const { personId, signInId, organisationId, organisationName } = person;
  return { personId, signInId, organisationId, organisationName, desktopId, dutyId, address: origin.address };
}

export function later(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
