import { createLedger } from '../seats/ledger.ts';
import { lastBefore } from '../waiting/order.ts';
import type { DesktopFacts, DutyFacts, Facts, Occupancy, WaitingBefore } from './facts.ts';
import { isOpen, pair, type World, type WorldPlace, type WorldRequest } from './world-state.ts';

type Asked = Omit<WorldRequest, 'desktopId'> & { /** The one that was asked for or, of a pool, found. */ readonly desktopId: string | undefined };

/** The facts of a request. What it would itself end, the person's leases for other duties, is left out. */
export function factsOf(world: World, asked: Asked, { counting }: { /** Nobody who waits before is passed. */ counting: boolean }): Facts {
  const person = world.people[asked.personId];
  const organisation = person && world.organisations[person.organisationId];
  const found = asked.desktopId === undefined ? undefined : world.desktops[asked.desktopId];
  const desktop = found?.organisationId === person?.organisationId ? found : undefined;
  const poolId = asked.poolId ?? desktop?.poolId;
  const pool = poolId === undefined || world.pools[poolId]?.organisationId !== person?.organisationId ? undefined : world.pools[poolId];
  const held = dutiesOf(world, asked.personId);
  const before = counting ? waitingBefore(world, asked, { organisationId: person?.organisationId, desktop, poolId: pool && poolId }) : undefined;
  const byPool = pool !== undefined && poolId !== undefined && world.assigned.has(pair(asked.personId, poolId));
  return {
    policy: world.policy,
    account: person?.status ?? 'disabled',
    staff: person?.staff ?? true,
    organisationName: organisation?.name ?? '',
    entry: organisation?.entry ?? 'open',
    level: organisation?.level ?? { number: 0, level: '0' },
    desktop: desktop && { status: desktop.status, weight: desktop.weight, kind: desktop.kind, sessions: desktop.sessions },
    pool: pool && { status: pool.status, logIn: pool.logIn, cleanUp: pool.cleanUp, asked: asked.poolId !== undefined },
    assigned: byPool || (desktop !== undefined && asked.desktopId !== undefined && world.assigned.has(pair(asked.personId, asked.desktopId))),
    duty: held.find(({ id }) => id === asked.dutyId),
    otherDuties: held.filter(({ id }) => id !== asked.dutyId),
    site: world.policy && asked.site,
    occupancy: desktop ? occupancyOf(world, asked) : { mine: false, others: 0, residualOfAnother: false },
    seats: seatsOf(world, asked, { organisationId: person?.organisationId, poolId: pool && poolId }),
    ...(before && { before }),
    at: world.now,
    credentials: desktop?.credentials === 'stored' ? 'stored' : asked.credentials ? 'given' : 'missing',
  };
}

/** The person has the desktop, themselves or by its pool. */
export function given({ assigned, desktops }: World, personId: string, desktopId: string): boolean {
  const poolId = desktops[desktopId]?.poolId;
  return assigned.has(pair(personId, desktopId)) || (poolId !== undefined && assigned.has(pair(personId, poolId)));
}

/** The desktop of a pool that a person gets: their own, else the one with the fewest sessions that was not used for longest. */
export function poolDesktop(world: World, poolId: string, personId: string): string | undefined {
  if (world.pools[poolId]?.organisationId !== world.people[personId]?.organisationId) return undefined;
  const candidates = Object.entries(world.desktops).flatMap(([id, { name, status, poolId: of }]) => {
    const suits = of === poolId && status === 'active' ? suitsFor(world, id, personId) : undefined;
    if (suits === undefined) return [];
    const leases = world.leases.filter((lease) => lease.desktopId === id);
    const lastUsed = Math.max(0, ...leases.map(({ grantedAt }) => grantedAt.getTime()));
    return [{ id, name, order: [suits, leases.filter(isOpen).length, lastUsed] }];
  });
  const [best] = candidates.toSorted((one, other) => one.order.map((rank, n) => rank - (other.order[n] ?? 0)).find((by) => by !== 0) ?? (one.name < other.name ? -1 : 1));
  return best?.id;
}

/** 0 a session of theirs is open there, 1 one lives on there, 2 there is room; undefined: there is none. */
function suitsFor({ desktops, leases, residual }: World, desktopId: string, personId: string): number | undefined {
  const desktop = desktops[desktopId];
  if (desktop === undefined) return undefined;
  const open = leases.filter((lease) => isOpen(lease) && lease.desktopId === desktopId);
  if (open.some((lease) => lease.personId === personId)) return 0;
  const living = residual.filter((session) => session.desktopId === desktopId);
  if (open.length >= desktop.sessions || (desktop.kind === 'exclusive' && living.some((session) => session.personId !== personId))) return undefined;
  return living.some((session) => session.personId === personId) ? 1 : 2;
}

function dutiesOf(world: World, personId: string): DutyFacts[] {
  const held = Object.entries(world.duties).filter(([id]) => world.held.has(pair(personId, id)));
  return held.map(([id, { name, class: priorityClass, zone }]) => ({ id, name, class: priorityClass, zone }));
}

function occupancyOf({ leases, residual }: World, { personId, desktopId, dutyId }: Asked): Occupancy {
  const open = leases.filter((lease) => isOpen(lease) && lease.desktopId === desktopId);
  return {
    mine: open.some((lease) => lease.personId === personId && lease.dutyId === dutyId),
    others: open.filter((lease) => lease.personId !== personId).length,
    residualOfAnother: residual.some((session) => session.desktopId === desktopId && session.personId !== personId),
  };
}

/** Everything is due here. */
function waitingBefore(world: World, { personId, desktopId, dutyId }: Asked, at: { organisationId: string | undefined; desktop: DesktopFacts | undefined; poolId: string | undefined }): WaitingBefore | undefined {
  const duty = dutiesOf(world, personId).find(({ id }) => id === dutyId);
  if (duty === undefined) return undefined;
  const seenSince = world.now.getTime() - (world.policy?.durations.absentAfter ?? 0) * 1000;
  const last = lastBefore({ due: true, class: duty.class });
  const before = world.waiting.filter((place) => place.personId !== personId && place.seenAt.getTime() > seenSince && place.countsAs <= last.due);
  const wanted = (places: readonly WorldPlace[]) => places.reduce((sum, { weight }) => sum + weight, 0);
  const own = at.desktop?.kind === 'exclusive' && world.residual.some((session) => session.desktopId === desktopId && session.personId === personId);
  const poolOf = (place: WorldPlace) => place.poolId ?? (place.desktopId === undefined ? undefined : world.desktops[place.desktopId]?.poolId);
  const given = world.leases.filter((lease) => isOpen(lease) && lease.personId === personId && lease.dutyId !== dutyId && (at.poolId === undefined || world.desktops[lease.desktopId]?.poolId === at.poolId));
  const gives = given.reduce((sum, { desktopId: id }) => sum + (world.desktops[id]?.weight ?? 0), 0);
  const machine = !own && before.some((place) => (at.poolId !== undefined && place.poolId === at.poolId) || (at.desktop !== undefined && place.desktopId === desktopId));
  if (gives > 0 && at.desktop !== undefined && gives >= at.desktop.weight) return { total: 0, shares: {}, pool: 0, machine };
  return {
    total: wanted(before),
    shares: { 1: wanted(before.filter(({ organisationId }) => organisationId === at.organisationId)) },
    pool: at.poolId === undefined ? 0 : wanted(before.filter((place) => poolOf(place) === at.poolId)),
    machine,
  };
}

function seatsOf(world: World, { personId, dutyId }: Asked, { organisationId, poolId }: { organisationId: string | undefined; poolId: string | undefined }): Facts['seats'] {
  const organisation = organisationId === undefined ? undefined : world.organisations[organisationId];
  if (organisation === undefined || world.policy === undefined) return [];
  const limited = Object.entries(world.pools).flatMap(([id, { seats }]) => (seats === null ? [] : [[id, seats] as const]));
  const ledger = createLedger(world.policy.capacity, new Map(limited));
  for (const lease of world.leases) {
    const desktop = world.desktops[lease.desktopId];
    if (desktop === undefined || !isOpen(lease) || (lease.personId === personId && lease.dutyId !== dutyId)) continue;
    ledger.take({ path: [world.organisations[desktop.organisationId]?.name ?? ''], poolId: desktop.poolId, weight: desktop.weight });
  }
  return ledger.countsFor({ path: [organisation.name], poolId });
}
