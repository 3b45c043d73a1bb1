import { decide, holdFacts } from '../admission/index.ts';
import { events } from '../audit/index.ts';
import type { Policy } from '../policy/index.ts';
import { Refusal, type ClaimedLease, type Code, type DesktopCredentials, type Leases } from '../port.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import { whyNotClaimable } from './claimable.ts';
import { actorOf, type LeasesDeps } from './deps.ts';
import { findLease, lockLease, readConnection } from './store.ts';

/** Everything that had to be true at the grant is asked again: rights may have gone and the person may be elsewhere. */
export function createClaim(deps: LeasesDeps): Leases['claim'] {
  const { database, policy, ids, carried, claiming, asked } = deps;
  return async (input) => {
    const { leaseId } = input;
    const inForce = await policy.current();
    const relayId = ids.uuid();
    const given = asked.get(leaseId);
    claiming.add(relayId);
    try {
      const claimed = await inTransaction(database, (transaction) => activate(transaction, deps, { ...input, relayId, given }, inForce));
      if ('reasons' in claimed) throw new Refusal(claimed.reasons[0] ?? 'internal-error', { reasons: claimed.reasons });
      carried.set(leaseId, relayId);
      asked.forget(leaseId);
      return { leaseId, relayId, ...claimed };
    } finally {
      claiming.delete(relayId);
    }
  };
}

type Activation = Parameters<Leases['claim']>[0] & { readonly relayId: string; readonly given: DesktopCredentials | undefined };
type Activated = Pick<ClaimedLease, 'connection' | 'expiresAt'> | { readonly reasons: readonly Code[] };

async function activate(transaction: Transaction, { trail, clock, gatewayId, openCredentials }: LeasesDeps, { person, leaseId, origin, relayId, given }: Activation, policy: Policy | undefined): Promise<Activated> {
  const found = await findLease(transaction, leaseId);
  if (found === undefined || found.personId !== person.personId) throw new Refusal('lease-unknown');
  const { personId, signInId, organisationId, organisationName } = person;
  const asked = { personId, signInId, organisationId, organisationName, desktopId: found.desktopId, dutyId: found.dutyId, address: origin.address };
  const { facts, signInLives } = await holdFacts(transaction, asked, policy, { counting: false, credentialsGiven: given !== undefined });
  if (!signInLives) throw new Refusal('sign-in-required');
  const lease = await lockLease(transaction, leaseId);
  const closed = lease === undefined ? 'lease-unknown' : whyNotClaimable(lease, clock.now());
  if (lease === undefined || closed !== undefined) throw new Refusal(closed ?? 'lease-unknown');
  const decision = decide(facts);
  const circumstances = { actor: actorOf(person), organisationId, address: origin.address };
  if (decision.outcome === 'refuse' || facts.site === undefined) {
    const inputs = { leaseId, desktopId: asked.desktopId, dutyId: asked.dutyId, ...decision.inputs };
    await trail.append(transaction, events.admissionDecided({ ...circumstances, decision: decision.outcome, reasons: decision.reasons, inputs, policyVersion: decision.policyVersion }));
    return { reasons: decision.reasons };
  }
  await transaction
    .updateTable('lease')
    .set({ state: 'active', parked_until: null, relay_id: relayId, gateway_id: gatewayId, relay_settled: false, connected_at: null })
    .set({ sign_in_id: signInId, site: facts.site, address: origin.address, policy_version: decision.policyVersion })
    .where('id', '=', leaseId)
    .execute();
  await trail.append(transaction, events.leaseActivated({ ...circumstances, leaseId, relayId }));
  // Within the transaction: a lease whose credentials cannot be opened is not activated.
  const { id, sealed, protocol, host, port, parameters } = await readConnection(transaction, asked.desktopId);
  const credentials = sealed === null ? (given ?? {}) : openCredentials(id, sealed);
  return { expiresAt: lease.expiresAt, connection: { protocol, host, port, credentials, parameters } };
}
