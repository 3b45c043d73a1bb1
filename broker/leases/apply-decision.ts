import type { Asked, Decision, Held } from '../admission/index.ts';
import { events, type Actor, type AuditEvent } from '../audit/index.ts';
import { recordDecision } from '../oversight/decisions.ts';
import type { Policy } from '../policy/index.ts';
import type { Transaction } from '../store/index.ts';
import { followEnded } from './ending.ts';
import { grant } from './grant.ts';
import { endOpen } from './store.ts';

export type Applying = {
  readonly request: Asked;
  readonly held: Held;
  readonly decision: Decision;
  readonly policy: Policy | undefined;
  readonly now: Date;
  readonly actor: Actor;
  readonly newId: () => string;
  /** Seconds in which what is granted has to be opened. */
  readonly unused: number;
  /** The place in the queue whose turn it is. */
  readonly waitingId?: string;
};

export type Applied = {
  /** That was granted or is given again; undefined: nobody was let in. */
  readonly leaseId: string | undefined;
  /** Leases that ended for the change of duty. */
  readonly changed: readonly string[];
  /** For the trail, in order. */
  readonly written: readonly AuditEvent[];
};

/** Carries out a decision on a request in the transaction that holds its facts, and records it: the lease, the end of what it replaces, the decision. */
export async function applyDecision(transaction: Transaction, { request, held, decision, policy, now, actor, newId, unused, waitingId }: Applying): Promise<Applied> {
  const { facts, mine, forOtherDuties } = held;
  const { personId, organisationId, signInId, address, dutyId } = request;
  const admitted = decision.outcome === 'admit' && policy !== undefined;
  const changed = admitted && forOtherDuties.length > 0 ? await endOpen(transaction, { leaseIds: forOtherDuties }, 'duty-changed', now) : [];
  const leaseId = admitted ? (mine ?? newId()) : undefined;
  const granted = leaseId !== undefined && policy !== undefined && mine === undefined ? [await grant(transaction, { leaseId, request, held, policy, now, actor, unused, ...(waitingId !== undefined && { waitingId }) })] : [];

  const inputs = {
    desktopId: held.desktopId ?? request.desktopId ?? null,
    poolId: request.poolId ?? null,
    openLease: mine ?? null,
    forOtherDuties: forOtherDuties.length,
    ...(waitingId !== undefined && { waitingId }),
    ...decision.inputs,
    dutyId,
  };
  const decisionId = await recordDecision(transaction, {
    person: { personId, organisationId, signInId, unitId: held.unitId ?? request.unitId },
    desktopId: held.desktopId ?? request.desktopId,
    poolId: held.poolId ?? request.poolId,
    dutyId,
    leaseId,
    decision: { ...decision, inputs },
    level: facts.level.level,
    site: facts.site,
    address,
    at: now,
  });
  const decided = events.admissionDecided({
    actor,
    organisationId,
    address,
    decisionId,
    leaseId,
    decision: decision.outcome,
    reasons: decision.reasons,
    help: decision.help.map(({ kind }) => kind),
    inputs,
    policyVersion: decision.policyVersion,
  });
  return { leaseId, changed: changed.map(({ id }) => id), written: [...(await followEnded(transaction, changed, { now, newId, by: { ...actor, address } })), decided, ...granted] };
}
