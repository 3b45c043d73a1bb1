import { decide, holdFacts, liftedRules, type Decision, type Held } from '../admission/index.ts';
import { events } from '../audit/index.ts';
import { recordDecision } from '../oversight/decisions.ts';
import { effectiveLevel, type Policy } from '../policy/index.ts';
import { Refusal, type ClaimedLease, type DesktopCredentials, type Leases } from '../port.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import { chooseGuacd } from './choose-guacd.ts';
import { whyNotClaimable } from './claimable.ts';
import { actorOf, type LeasesDeps } from './deps.ts';
import { holdGuacdLoads } from './guacd-load.ts';
import { refusalOf } from './refusal.ts';
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
      if ('reasons' in claimed) throw refusalOf(claimed);
      carried.set(leaseId, relayId);
      asked.forget(leaseId);
      return { leaseId, relayId, ...claimed };
    } finally {
      claiming.delete(relayId);
    }
  };
}

type Activation = Parameters<Leases['claim']>[0] & { readonly relayId: string; readonly given: DesktopCredentials | undefined };
type Activated = Pick<ClaimedLease, 'connection' | 'expiresAt' | 'guacd'> | Decision;

async function activate(transaction: Transaction, deps: LeasesDeps, activation: Activation, policy: Policy | undefined): Promise<Activated> {
  const { trail, clock, gatewayId, openCredentials } = deps;
  const { person, leaseId, origin, relayId, given, guacds } = activation;
  const found = await findLease(transaction, leaseId);
  if (found === undefined || found.personId !== person.personId) throw new Refusal('lease-unknown');
  const { personId, signInId, organisationId, organisationName, unitId } = person;
  const { desktopId, dutyId } = found;
  const now = clock.now();
  const held = await holdFacts(transaction, { personId, signInId, organisationId, organisationName, unitId, desktopId, dutyId, address: origin.address }, policy, { now, counting: false, credentialsGiven: given !== undefined, relay: true });
  if (!held.signInLives) throw new Refusal('sign-in-required');
  const lease = await lockLease(transaction, leaseId);
  const closed = lease === undefined ? 'lease-unknown' : whyNotClaimable(lease, now);
  if (lease === undefined || closed !== undefined) throw new Refusal(closed ?? 'lease-unknown');
  const proved = activation.device;
  if (proved !== undefined && !(await deps.standsProof(transaction, { person, proof: proved, purpose: 'relay', leaseId, now }))) throw new Refusal('device-proof-wrong');
  const facts = proved === undefined ? held.facts : { ...held.facts, device: { id: proved.deviceId.toLowerCase() } };
  const decision = decide(facts);
  if (decision.outcome !== 'admit' || policy === undefined || facts.site === undefined || facts.duty === undefined) return refuse(transaction, deps, activation, { held, decision, dutyId, now });

  const loads = await holdGuacdLoads(transaction, guacds);
  const chosen = chooseGuacd(loads, lease.weight, policy.capacity.guacd);
  if ('reason' in chosen) {
    if (chosen.reason !== 'no-seat-free') throw new Refusal(chosen.reason);
    const seats = Object.fromEntries(loads.filter(({ reachable }) => reachable).map(({ address, taken }) => [`taken.guacd:${address}`, taken]));
    const full: Decision = { ...decision, outcome: 'wait', reasons: [chosen.reason], help: [{ kind: 'seat' }], inputs: { ...decision.inputs, 'seats.guacd': policy.capacity.guacd ?? null, ...seats } };
    return refuse(transaction, deps, activation, { held, decision: full, dutyId, now });
  }
  // Whoever has notice to yield the seat, or whose exception ends, may come back to it until then.
  const yields = lease.closingBecause === 'preempted' || lease.closingBecause === 'exception-ended';
  await transaction
    .updateTable('lease')
    .set({ state: 'active', parked_until: null, relay_id: relayId, gateway_id: gatewayId, relay_settled: false, connected_at: null, guacd: chosen.address })
    .set({ device_id: facts.device?.id ?? null })
    .set({ sign_in_id: signInId, site: facts.site, address: origin.address, policy_version: decision.policyVersion, level: effectiveLevel(facts.level, facts.duty.class), level_number: facts.level.number, lifted: [...new Set([...lease.lifted, ...liftedRules(facts)])] })
    .$if(!yields, (update) => update.set({ closing_at: null, closing_because: null }))
    .where('id', '=', leaseId)
    .execute();
  const circumstances = { actor: actorOf(person), organisationId, address: origin.address };
  // Within the transaction: a lease whose credentials cannot be opened is not activated.
  const { id, sealed, protocol, host, port, parameters } = await readConnection(transaction, desktopId);
  const credentials = sealed === null ? (given ?? {}) : openCredentials(id, sealed);
  await trail.append(transaction, ...(lease.closingAt && !yields ? [events.leaseKept({ ...circumstances, leaseId })] : []), events.leaseActivated({ ...circumstances, leaseId, relayId, deviceId: facts.device?.id }));
  return { expiresAt: lease.expiresAt, guacd: chosen.address, connection: { protocol, host, port, credentials, parameters } };
}

type Refused = { readonly held: Held; readonly decision: Decision; readonly dutyId: string; readonly now: Date };

/** Puts the decision on record; the lease stays as it is. */
async function refuse(transaction: Transaction, { trail }: LeasesDeps, { person, leaseId, origin }: Activation, { held, decision, dutyId, now }: Refused): Promise<Decision> {
  const { desktopId, poolId, unitId, facts } = held;
  const inputs = { desktopId: desktopId ?? null, ...decision.inputs };
  const at = { organisationId: person.organisationId, address: origin.address };
  const decisionId = await recordDecision(transaction, {
    person: { ...person, unitId: unitId ?? person.unitId },
    desktopId,
    poolId,
    dutyId,
    leaseId,
    decision: { ...decision, inputs },
    level: facts.level.level,
    site: facts.site,
    address: origin.address,
    at: now,
  });
  const { outcome, reasons, policyVersion } = decision;
  const help = decision.help.map(({ kind }) => kind);
  await trail.append(transaction, events.admissionDecided({ ...at, actor: actorOf(person), decisionId, leaseId, decision: outcome, reasons, help, inputs, policyVersion }));
  return decision;
}
