import { whyNotClaimable } from '../leases/claimable.ts';
import { overdue } from '../leases/overdue.ts';
import { afterRelay } from '../leases/relay-end.ts';
import type { EndedBecause } from '../leases/transitions.ts';
import type { Code } from '../codes.ts';
import type { RelayEnd, Site } from '../port.ts';
import { decide, type Decision } from './decide.ts';
import { factsOf, given, poolDesktop } from './world-facts.ts';
import { urgencyOf } from '../waiting/order.ts';
import type { Facts } from './facts.ts';
import { isOpen, type World, type WorldLease, type WorldPlace, type WorldRequest } from './world-state.ts';

export { pair, type World } from './world-state.ts';

/**
 * A request as the store handles it: what is overdue and in the way goes first, then the decision on what is left. Leases for
 * other duties end for it, once the person has said so, and only if it is admitted.
 */
export function request(world: World, asked: WorldRequest, leaseId: string): { world: World; decision: Decision } {
  const swept = withoutOverdue(world, asked);
  const { personId, dutyId } = asked;
  const desktopId = asked.poolId === undefined ? asked.desktopId : poolDesktop(swept, asked.poolId, personId);
  const facts = factsOf(swept, { ...asked, desktopId }, { counting: true });
  const open = swept.leases.find((lease) => isOpen(lease) && lease.personId === personId && lease.desktopId === desktopId && lease.dutyId === dutyId);
  const kept = open !== undefined && facts.credentials === 'missing' && asked.kept?.(open.id) === true;
  const decision = decide(kept ? { ...facts, credentials: 'given' } : facts);
  const forOtherDuties = swept.leases.filter((lease) => isOpen(lease) && lease.personId === personId && lease.dutyId !== dutyId);
  if (decision.outcome === 'refuse') return { world: swept, decision };
  if (forOtherDuties.length > 0 && asked.changeDuty !== true) return { world: swept, decision: { ...decision, outcome: 'refuse', reasons: ['duty-change-ends-session'], help: [] } };
  if (decision.outcome === 'wait' || desktopId === undefined) return wait(swept, asked, facts, decision);
  const seated = { ...swept, waiting: swept.waiting.filter((place) => !isFor(place, asked)) };
  const changed = endWhere(seated, (lease) => (forOtherDuties.includes(lease) ? 'duty-changed' : undefined));
  return { world: open === undefined ? withLease(changed, { personId, desktopId, dutyId }, leaseId) : changed, decision };
}

/** One place a person: it is kept for the same thing, and given up for another one only if the person says so. */
function wait(world: World, asked: WorldRequest, facts: Facts, decision: Decision): { world: World; decision: Decision } {
  const { personId, desktopId, poolId, dutyId } = asked;
  const { policy, duty, desktop } = facts;
  const organisationId = world.people[personId]?.organisationId;
  if (policy === undefined || duty === undefined || organisationId === undefined) return { world, decision };
  const open = world.waiting.find((place) => place.personId === personId);
  if (open !== undefined && isFor(open, asked)) return { world: { ...world, waiting: world.waiting.map((place) => (place === open ? { ...open, seenAt: world.now } : place)) }, decision };
  if (open !== undefined && asked.changeWait !== true) return { world, decision: { ...decision, outcome: 'refuse', reasons: ['waiting-elsewhere'], help: [] } };
  const place: WorldPlace = { personId, organisationId, ...(desktopId !== undefined && { desktopId }), ...(poolId !== undefined && { poolId }), dutyId, seenAt: world.now, countsAs: urgencyOf(duty.class), weight: desktop?.weight ?? 1 };
  return { world: { ...world, waiting: [...world.waiting.filter((other) => other !== open), place] }, decision };
}

const isFor = (place: WorldPlace, { personId, desktopId, poolId, dutyId }: WorldRequest): boolean =>
  place.personId === personId && place.dutyId === dutyId && place.desktopId === desktopId && place.poolId === poolId;

function withoutOverdue(world: World, { personId, desktopId, poolId }: WorldRequest): World {
  const own = world.people[personId]?.organisationId;
  const inTheWay = (lease: WorldLease) => {
    const desktop = world.desktops[lease.desktopId];
    return lease.personId === personId || (desktop?.organisationId === own && (lease.desktopId === desktopId || (poolId !== undefined && desktop?.poolId === poolId)));
  };
  return endWhere(world, (lease) => (inTheWay(lease) ? overdue(lease, world.now) : undefined));
}

function withLease(world: World, { personId, desktopId, dutyId }: { personId: string; desktopId: string; dutyId: string }, id: string): World {
  if (world.policy === undefined) return world;
  const after = (seconds: number) => new Date(world.now.getTime() + seconds * 1000);
  const { durations } = world.policy;
  const lease: WorldLease = {
    id,
    personId,
    desktopId,
    dutyId,
    state: 'granted',
    grantedAt: world.now,
    expiresAt: after(durations.lease),
    unusedUntil: after(durations.unused),
    parkedUntil: null,
    endedBecause: null,
  };
  return { ...world, leases: [...world.leases, lease] };
}

/** Gives the reasons why no relay may carry the lease, or none and the world in which one does. */
export function claim(world: World, asked: { leaseId: string; personId: string; site: Site | undefined; credentials: boolean }): { world: World; reasons: readonly Code[] } {
  const lease = world.leases.find(({ id, personId }) => id === asked.leaseId && personId === asked.personId);
  if (lease === undefined) return { world, reasons: ['lease-unknown'] };
  const closed = whyNotClaimable(lease, world.now);
  if (closed !== undefined) return { world, reasons: [closed] };
  const { desktopId, dutyId } = lease;
  const { reasons } = decide(factsOf(world, { ...asked, desktopId, dutyId }, { counting: false }));
  return reasons.length > 0 ? { world, reasons } : { world: change(world, lease.id, { state: 'active', parkedUntil: null }), reasons };
}

/** The relay of an active lease shows the first picture: the OS session lives from here on. */
export function connected(world: World, leaseId: string): World {
  const lease = world.leases.find(({ id, state }) => id === leaseId && state === 'active');
  if (lease === undefined) return world;
  const { personId, desktopId } = lease;
  const there = world.residual.some((session) => session.personId === personId && session.desktopId === desktopId);
  return there ? world : { ...world, residual: [...world.residual, { personId, desktopId }] };
}

/** A desktop was cleaned up; sessions of those who are connected or may come back go on. */
export function cleaned(world: World, desktopId: string): World {
  const open = (personId: string) => world.leases.some((lease) => isOpen(lease) && lease.desktopId === desktopId && lease.personId === personId);
  return { ...world, residual: world.residual.filter((session) => session.desktopId !== desktopId || open(session.personId)) };
}

/** The relay of an active lease is over. */
export function released(world: World, leaseId: string, cause: RelayEnd['cause']): World {
  const after = afterRelay(cause);
  if (after !== 'parked') return endWhere(world, (lease) => (lease.id === leaseId && lease.state === 'active' ? after : undefined));
  const parkedUntil = new Date(world.now.getTime() + (world.policy?.durations.parking ?? 0) * 1000);
  return world.leases.some(({ id, state }) => id === leaseId && state === 'active') ? change(world, leaseId, { state: 'parked', parkedUntil }) : world;
}

export function sweep(world: World): World {
  return endWhere(world, (lease) => overdue(lease, world.now));
}

/** Ends the leases of those who have their desktop neither themselves nor by its pool. */
export function endUnassigned(world: World): World {
  return endWhere(world, ({ personId, desktopId }) => (given(world, personId, desktopId) ? undefined : 'desktop-not-assigned'));
}

/** Ends every open lease for which a reason is given. */
export function endWhere(world: World, because: (lease: WorldLease) => EndedBecause | undefined): World {
  const leases = world.leases.map((lease) => {
    const reason = isOpen(lease) ? because(lease) : undefined;
    return reason === undefined ? lease : { ...lease, state: 'ended' as const, parkedUntil: null, endedBecause: reason };
  });
  return { ...world, leases };
}

function change(world: World, leaseId: string, to: Partial<WorldLease>): World {
  return { ...world, leases: world.leases.map((lease) => (lease.id === leaseId ? { ...lease, ...to } : lease)) };
}
