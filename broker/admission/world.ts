import { whyNotClaimable } from '../leases/claimable.ts';
import { overdue } from '../leases/overdue.ts';
import { afterRelay } from '../leases/relay-end.ts';
import type { EndedBecause } from '../leases/transitions.ts';
import type { Code } from '../codes.ts';
import type { Policy } from '../policy/policy.ts';
import { seatLimitsFor } from '../policy/seats.ts';
import type { LeaseState, PriorityClass, RelayEnd, Site, Zone } from '../port.ts';
import { decide, type Decision } from './decide.ts';
import type { Facts, SeatCount } from './facts.ts';

/**
 * The office as plain values: what the store keeps in tables, for rules that are tried without one. Nothing here is
 * changed in place: each function gives the world after it.
 */
export type World = {
  readonly now: Date;
  readonly policy: Policy | undefined;
  readonly organisations: Readonly<Record<string, { readonly name: string }>>;
  readonly people: Readonly<Record<string, { readonly organisationId: string; readonly status: 'active' | 'disabled' }>>;
  readonly desktops: Readonly<Record<string, { readonly organisationId: string; readonly status: 'active' | 'disabled'; readonly weight: number; readonly credentials: 'stored' | 'ask' }>>;
  readonly duties: Readonly<Record<string, { readonly class: PriorityClass; readonly zone: Zone }>>;
  /** `person desktop` and `person duty`. */
  readonly assigned: ReadonlySet<string>;
  readonly held: ReadonlySet<string>;
  readonly leases: readonly WorldLease[];
};

export type WorldLease = {
  readonly id: string;
  readonly personId: string;
  readonly desktopId: string;
  readonly dutyId: string;
  readonly state: LeaseState;
  readonly expiresAt: Date;
  readonly unusedUntil: Date;
  readonly parkedUntil: Date | null;
  readonly endedBecause: EndedBecause | null;
};

export type WorldRequest = { readonly personId: string; readonly desktopId: string; readonly dutyId: string; readonly site: Site | undefined; readonly credentials: boolean };

export const pair = (personId: string, otherId: string): string => `${personId} ${otherId}`;

/** A request as the store handles it: what is overdue on the desktop of one's own organisation goes first, then the decision on what is left. */
export function request(world: World, asked: WorldRequest, leaseId: string): { world: World; decision: Decision } {
  const own = world.desktops[asked.desktopId]?.organisationId === world.people[asked.personId]?.organisationId;
  const swept = endWhere(world, (lease) => (own && lease.desktopId === asked.desktopId ? overdue(lease, world.now) : undefined));
  const decision = decide(factsOf(swept, asked));
  return { world: applyDecision(swept, asked, decision, leaseId), decision };
}

export function factsOf(world: World, asked: WorldRequest): Facts {
  const person = world.people[asked.personId];
  const found = world.desktops[asked.desktopId];
  const desktop = found?.organisationId === person?.organisationId ? found : undefined;
  const duty = world.held.has(pair(asked.personId, asked.dutyId)) ? world.duties[asked.dutyId] : undefined;
  const holder = desktop && world.leases.find((lease) => lease.state !== 'ended' && lease.desktopId === asked.desktopId);
  const stored = desktop?.credentials === 'stored';
  return {
    policyVersion: world.policy?.version,
    account: person?.status ?? 'disabled',
    desktop: desktop && { status: desktop.status, weight: desktop.weight },
    assigned: desktop !== undefined && world.assigned.has(pair(asked.personId, asked.desktopId)),
    duty: duty && { class: duty.class, zone: duty.zone },
    site: world.policy && asked.site,
    access: world.policy && duty && asked.site && world.policy.zones[duty.zone][asked.site],
    occupant: holder === undefined ? 'nobody' : holder.personId === asked.personId ? 'requester' : 'somebody-else',
    seats: seatsOf(world, person?.organisationId),
    credentials: stored ? 'stored' : asked.credentials ? 'given' : 'missing',
  };
}

/** Admits into a new lease, or into the one that the person holds already. A refusal changes nothing. */
export function applyDecision(world: World, asked: WorldRequest, decision: Decision, leaseId: string): World {
  const holdsIt = world.leases.some((lease) => lease.state !== 'ended' && lease.desktopId === asked.desktopId);
  if (decision.outcome === 'refuse' || holdsIt || world.policy === undefined) return world;
  const { personId, desktopId, dutyId } = asked;
  const after = (seconds: number) => new Date(world.now.getTime() + seconds * 1000);
  const lease: WorldLease = {
    id: leaseId,
    personId,
    desktopId,
    dutyId,
    state: 'granted',
    expiresAt: after(world.policy.durations.lease),
    unusedUntil: after(world.policy.durations.unused),
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
  const { reasons } = decide(factsOf(world, { ...asked, desktopId, dutyId }));
  return reasons.length > 0 ? { world, reasons } : { world: change(world, lease.id, { state: 'active', parkedUntil: null }), reasons };
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

/** Ends every open lease for which a reason is given. */
export function endWhere(world: World, because: (lease: WorldLease) => EndedBecause | undefined): World {
  const leases = world.leases.map((lease) => {
    const reason = lease.state === 'ended' ? undefined : because(lease);
    return reason === undefined ? lease : { ...lease, state: 'ended' as const, parkedUntil: null, endedBecause: reason };
  });
  return { ...world, leases };
}

function seatsOf(world: World, organisationId: string | undefined): SeatCount[] {
  const { policy } = world;
  const organisation = organisationId === undefined ? undefined : world.organisations[organisationId];
  if (policy === undefined || organisationId === undefined || organisation === undefined) return [];
  const open = world.leases.filter((lease) => lease.state !== 'ended').flatMap((lease) => world.desktops[lease.desktopId] ?? []);
  const weightOf = (desktops: typeof open) => desktops.reduce((sum, { weight }) => sum + weight, 0);
  const taken = { total: weightOf(open), organisation: weightOf(open.filter((desktop) => desktop.organisationId === organisationId)) };
  return seatLimitsFor(policy, organisation.name).map(({ scope, seats }) => ({ scope, seats, taken: taken[scope] }));
}

function change(world: World, leaseId: string, to: Partial<WorldLease>): World {
  return { ...world, leases: world.leases.map((lease) => (lease.id === leaseId ? { ...lease, ...to } : lease)) };
}
