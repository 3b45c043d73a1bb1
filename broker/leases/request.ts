import { decide, holdFacts, type Asked, type Decision } from '../admission/index.ts';
import { events, type AuditEvent } from '../audit/index.ts';
import type { Policy } from '../policy/index.ts';
import { Refusal, type Leases, type LeaseRequest, type LeaseView } from '../port.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import { takePlace } from '../waiting/take-place.ts';
import { applyDecision } from './apply-decision.ts';
import { actorOf, type LeasesDeps } from './deps.ts';
import { followEnded } from './ending.ts';
import { later } from './grant.ts';
import { refusalOf } from './refusal.ts';
import { endInTheWay, readGranted } from './store.ts';

/** Lock, gather the facts, decide, apply and record: one transaction. */
export function createRequest(deps: LeasesDeps): Leases['request'] {
  const { database, policy, asked, clock } = deps;
  return async (input) => {
    if ((input.desktopId === undefined) === (input.poolId === undefined)) throw new Refusal('request-invalid', { fields: [{ path: 'desktopId', expected: 'either a desktop or a pool' }] });
    const inForce = await policy.current();
    const { decision, lease, waitingId, elsewhere, changed } = await inTransaction(database, (transaction) => decideOn(transaction, deps, input, inForce));
    if (elsewhere && waitingId !== undefined) throw new Refusal('waiting-elsewhere', { waitingId });
    if (lease === undefined || inForce === undefined) throw refusalOf(decision, waitingId);
    for (const leaseId of changed) asked.forget(leaseId);
    if (input.credentials !== undefined) asked.keep(lease.id, input.credentials, later(clock.now(), inForce.durations.unused));
    return lease;
  };
}

/** `changed`: leases that ended for the change of duty. */
type Decided = { readonly decision: Decision; readonly lease?: LeaseView; readonly waitingId?: string; readonly elsewhere?: boolean; readonly changed: readonly string[] };

async function decideOn(transaction: Transaction, deps: LeasesDeps, input: LeaseRequest, policy: Policy | undefined): Promise<Decided> {
  const { trail, clock, asked } = deps;
  const now = clock.now();
  const newId = () => deps.ids.uuid();
  const request = askedOf(input);
  const hold = () => holdFacts(transaction, request, policy, { now, counting: true, credentialsGiven: input.credentials !== undefined });
  const first = await hold();
  if (!first.signInLives) throw new Refusal('sign-in-required');
  const over = first.overdue ? await endInTheWay(transaction, now, { personId: request.personId, desktopId: first.desktopId, poolId: request.poolId }) : [];
  const held = over.length > 0 ? await hold() : first;
  const stillAsked = held.mine !== undefined && asked.get(held.mine) !== undefined && held.facts.credentials === 'missing';
  const facts = stillAsked ? { ...held.facts, credentials: 'given' as const } : held.facts;
  const decision = unlessDutyChanges(decide(facts), held.forOtherDuties, input.changeDuty === true);
  const actor = actorOf(input.person);
  const ended = await followEnded(transaction, over, { now, newId });
  const applied = await applyDecision(transaction, { request, held: { ...held, facts }, decision, policy, now, actor, newId, unused: policy?.durations.unused ?? 0 });
  const place = decision.outcome === 'wait' && policy !== undefined ? await takePlace(transaction, { waitingId: newId(), request, held, reasons: withoutLogIn(decision), policy, now, actor, changeDuty: input.changeDuty === true, changeWait: input.changeWait === true }) : undefined;
  const seated = applied.leaseId === undefined || held.waitsFor === undefined ? [] : await endPlace(transaction, { request, leaseId: applied.leaseId, now, actor });
  await trail.append(transaction, ...ended, ...applied.written, ...(place?.written ?? []), ...seated);
  const lease = applied.leaseId === undefined ? undefined : await readGranted(transaction, applied.leaseId);
  return { decision, ...(lease && { lease }), ...(place && { waitingId: place.waitingId, elsewhere: place.elsewhere === true }), changed: applied.changed };
}

/** What was waited for is there. A place for something else is kept. */
async function endPlace(transaction: Transaction, { request, leaseId, now, actor }: { request: Asked; leaseId: string; now: Date; actor: ReturnType<typeof actorOf> }): Promise<AuditEvent[]> {
  const { personId, organisationId, address, dutyId, desktopId, poolId } = request;
  const over = await transaction
    .updateTable('waiting')
    .set({ ended_at: now, ended_because: 'admitted', lease_id: leaseId })
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where('duty_id', '=', dutyId)
    .where((is) => (desktopId === undefined ? is('pool_id', '=', poolId ?? null) : is('desktop_id', '=', desktopId)))
    .returning('id')
    .execute();
  return over.map(({ id }) => events.placeEnded({ actor, organisationId, address, waitingId: id, personId, why: 'admitted', leaseId }));
}

/** One duty at a time: what is open for another one ends for the new session, once the person has said so, and only if that is admitted. */
function unlessDutyChanges(decision: Decision, forOtherDuties: readonly string[], agreed: boolean): Decision {
  if (decision.outcome === 'refuse' || forOtherDuties.length === 0 || agreed) return decision;
  return { ...decision, outcome: 'refuse', reasons: ['duty-change-ends-session'], help: [] };
}

/** Who waits types the log-in of the desktop when it is their turn. */
const withoutLogIn = ({ reasons }: Decision) => reasons.filter((reason) => reason !== 'desktop-credentials-required');

function askedOf({ person, desktopId, poolId, dutyId, origin }: LeaseRequest): Asked {
  const { personId, signInId, organisationId, organisationName, unitId } = person;
  return { personId, signInId, organisationId, organisationName, unitId, desktopId, poolId, dutyId, address: origin.address };
}
