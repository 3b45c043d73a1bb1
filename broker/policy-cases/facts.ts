import type { DutyFacts, Facts, PoolFacts, WaitingBefore } from '../admission/index.ts';
import { dutyRulesOf } from '../policy/duties.ts';
import { isDue, sharesOf, siteOf, type Policy } from '../policy/index.ts';
import { delegationOf, teleworkRulesOf } from '../policy/telework.ts';
import { createLedger } from '../seats/ledger.ts';
import { lastBefore, urgencyOf } from '../waiting/order.ts';
import type { Level, LevelInForce, PriorityClass, Site, Zone } from '../port.ts';
import { BASE } from './base.ts';
import type { Asked, Case, Given, OverPolicy } from './document.ts';

/** The facts of a case under a policy: one set for each combination of what it lists. */
export function factsOf({ given = {}, request = {} }: Case, tried: Policy): readonly Facts[] {
  const policy = given.policy === 'none' ? undefined : over(tried, given.policy ?? {});
  const sites: readonly (Site | 'unknown' | undefined)[] = request.site ?? [undefined];
  return product(given.level ?? [BASE.level], request.class ?? [BASE.duty.class], request.zone ?? [BASE.duty.zone]).flatMap(([level, priorityClass, zone]) =>
    sites.map((site) => facts({ given, request, policy, level, duty: { class: priorityClass, zone }, site })),
  );
}

type One = { readonly given: Given; readonly request: Asked; readonly policy: Policy | undefined; readonly level: Level; readonly duty: { readonly class: PriorityClass; readonly zone: Zone }; readonly site: Site | 'unknown' | undefined };

function facts({ given, request, policy, level, duty, site }: One): Facts {
  const organisationName = given.organisation ?? BASE.organisationName;
  const at = request.at === undefined ? NOW : new Date(`${request.at.replace(' ', 'T')}:00+09:00`);
  const pool = poolOf(given, request);
  const name = request.duty ?? BASE.duty.name;
  const inForce: LevelInForce = { number: 1, level, ...(given.onset !== undefined && { onset: hoursBefore(at, given.onset), since: hoursBefore(at, given.onset) }), ...(given.provisional !== undefined && { provisional: { level: given.provisional, until: new Date(0) } }) };
  const seats = policy ? seatsOf(policy, given, organisationName) : [];
  return {
    policy,
    account: given.account ?? BASE.account,
    staff: given.staff ?? BASE.staff,
    organisationName,
    entry: given.entry ?? BASE.entry,
    level: inForce,
    desktop: given.desktop === 'none' ? undefined : { ...BASE.desktop, ...given.desktop },
    pool,
    assigned: given.assigned ?? BASE.assigned,
    duty: name === 'none' ? undefined : { id: name, name, ...duty, ...(request.delegated === true && { delegation: { id: name, endsAt: new Date(at.getTime() + 86_400_000) } }) },
    otherDuties: (given.holds ?? []).map(({ name, ...held }): DutyFacts => ({ ...BASE.duty, ...held, id: name, name })),
    site: policy && siteFrom(policy, { site, address: request.address, organisationName }),
    occupancy: { mine: given.mine ?? false, others: given.others ?? 0, residualOfAnother: given.residual ?? false },
    seats,
    ...(given.exception && { exception: { id: 'exception', proved: given.exception === 'proved' } }),
    ...(request.device && { device: { id: 'device' } }),
    ...(given.bypass && { bypass: given.bypass === true ? { elsewhere: 0 } : given.bypass }),
    ...(given.before && { before: beforeOf(given.before, { class: duty.class, due: policy === undefined || isDue(policy, inForce, duty, at) }, seats) }),
    at,
    ...(given.acknowledged !== undefined && { acknowledged: given.acknowledged }),
    ...(given.worked && { teleworkDays: given.worked.map((worked) => (typeof worked === 'string' ? { day: worked, dutyId: name } : { day: worked.day, dutyId: worked.duty })) }),
    credentials: request['log-in'] ?? BASE.credentials,
  };
}

function poolOf({ pool }: Given, request: Asked): PoolFacts | undefined {
  if (pool === undefined && request.for !== 'pool') return undefined;
  return { status: pool?.status ?? BASE.pool.status, logIn: pool?.['log-in'] ?? BASE.pool.logIn, cleanUp: pool?.['clean-up'] ?? BASE.pool.cleanUp, asked: request.for === 'pool' };
}

function siteFrom(policy: Policy, { site, address, organisationName }: { site: Site | 'unknown' | undefined; address: string | undefined; organisationName: string }): Site | undefined {
  if (site === undefined) return address === undefined ? BASE.site : siteOf(policy, { address, organisationName });
  return site === 'unknown' ? undefined : site;
}

const NOW = new Date('2026-10-01T00:00:00Z');
const hoursBefore = (at: Date, hours: number) => new Date(at.getTime() - hours * 3_600_000);

/** What others have taken: elsewhere in the installation, elsewhere in the organisation, in the unit, and of all that in the pool. */
function seatsOf({ capacity }: Policy, { taken = {}, pool, unit }: Given, organisationName: string): Facts['seats'] {
  const ledger = createLedger(capacity, new Map(pool?.seats === undefined ? [] : [[POOL, pool.seats]]));
  const own = [organisationName, ...(unit?.split('/') ?? [])];
  const inUnit = taken.unit ?? 0;
  const inOrganisation = Math.max(taken.organisation ?? 0, inUnit);
  const inAll = Math.max(taken.total ?? 0, inOrganisation);
  ledger.take({ path: ['-'], poolId: undefined, weight: inAll - inOrganisation });
  ledger.take({ path: [organisationName], poolId: undefined, weight: inOrganisation - inUnit });
  ledger.take({ path: own, poolId: undefined, weight: inUnit });
  const counts = ledger.countsFor({ path: own, poolId: pool?.seats === undefined ? undefined : POOL });
  return counts.map((count) => (count.scope === 'pool' ? { ...count, taken: pool?.taken ?? 0 } : count));
}

const POOL = 'pool';

/** One place of weight 1 each, of work that is due: somewhere in the installation, in the person's own unit, for the same desktop or pool. */
function beforeOf({ seats, unit, machine }: NonNullable<Given['before']>, asked: { readonly due: boolean; readonly class: PriorityClass }, counts: Facts['seats']): WaitingBefore {
  const isBefore = (priorityClass: PriorityClass | undefined) => priorityClass !== undefined && urgencyOf(priorityClass) <= lastBefore(asked).due;
  const inUnit = Number(isBefore(unit));
  const depths = counts.flatMap(({ depth, guarantees = [] }) => [...(depth === undefined ? [] : [depth]), ...guarantees.map((guarantee) => guarantee.depth)]);
  return { total: Number(isBefore(seats)) + inUnit, shares: Object.fromEntries(depths.map((depth) => [depth, inUnit])), pool: 0, machine: isBefore(machine) };
}

function over(policy: Policy, { networks, 'everywhere-else': everywhereElse, classes = {}, duties, telework, delegation, seats = {} }: OverPolicy): Policy {
  const { total = policy.capacity.total, reserve = policy.capacity.reserve, 'surplus-keeps': surplusKeeps = policy.capacity.surplusKeeps } = seats;
  const shares = seats.organisations === undefined && seats.units === undefined ? policy.capacity.shares : sharesOf(seats);
  const changed = Object.entries(classes).map(([name, rules]) => [name, { ...policy.classes[name as PriorityClass], outsideFromLevel: rules['outside-from-level'] }]);
  const { delegation: before, ...rest } = policy;
  const handing = delegation === undefined ? before : delegation === 'none' ? undefined : delegationOf(delegation);
  return {
    ...rest,
    ...(handing && { delegation: handing }),
    ...(networks && { networks: networks.map(({ site, ranges, organisation }) => ({ site, ranges, organisation })) }),
    ...(everywhereElse && { everywhereElse: everywhereElse === 'none' ? undefined : everywhereElse }),
    ...(duties && { duties: duties.map(dutyRulesOf) }),
    ...(telework && { telework: teleworkRulesOf(telework) }),
    classes: { ...policy.classes, ...Object.fromEntries(changed) },
    capacity: { ...policy.capacity, total, reserve, surplusKeeps, shares },
  };
}

function product<A, B, C>(first: readonly A[], second: readonly B[], third: readonly C[]): [A, B, C][] {
  return first.flatMap((a) => second.flatMap((b) => third.map((c): [A, B, C] => [a, b, c])));
}
