import { exceptionUsed, liftedRules, type Asked, type Held } from '../admission/index.ts';
import { events, type Actor, type AuditEvent } from '../audit/index.ts';
import { effectiveLevel, isDue, type Policy } from '../policy/index.ts';
import type { Transaction } from '../store/index.ts';

export type Granting = {
  readonly leaseId: string;
  readonly request: Asked;
  readonly held: Held;
  readonly policy: Policy;
  readonly now: Date;
  readonly actor: Actor;
  /** Seconds in which it has to be opened. */
  readonly unused: number;
  /** The place in the queue that it comes from. */
  readonly waitingId?: string;
};

/** Makes the lease of an admitted request, in the transaction that holds its facts. @returns its event */
export async function grant(transaction: Transaction, { leaseId, request, held, policy, now, actor, unused, waitingId }: Granting): Promise<AuditEvent> {
  const { facts, desktopId, poolId, unitId } = held;
  const { desktop, duty, site, level } = facts;
  if (desktop === undefined || desktopId === undefined || duty === undefined || site === undefined || unitId === undefined) throw new Error('what is admitted is known');
  const longest = later(now, policy.durations.lease);
  // No session outlasts the right that it rests on.
  const expiresAt = held.rightEndsAt !== undefined && held.rightEndsAt < longest ? held.rightEndsAt : longest;
  const exceptionId = exceptionUsed(facts)?.id;
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
      unused_until: later(now, unused),
      surplus: !isDue(policy, level, duty, now),
      lifted: [...liftedRules(facts)],
      waiting_id: waitingId ?? null,
      exception_id: exceptionId ?? null,
      device_id: facts.device?.id ?? null,
    })
    .execute();
  return events.leaseGranted({ actor, organisationId, address, leaseId, personId, desktopId, dutyId, site, expiresAt: expiresAt.toISOString(), exceptionId, deviceId: facts.device?.id });
}

export function later(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
