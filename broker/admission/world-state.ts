import type { EndedBecause } from '../leases/transitions.ts';
import type { Policy } from '../policy/policy.ts';
import type { LeaseState, LevelInForce, PriorityClass, Site, Zone } from '../port.ts';
import type { DesktopFacts, PoolFacts } from './facts.ts';

/**
 * The office as plain values: what the store keeps in tables, for rules that are tried without one. Nothing here is
 * changed in place: each function gives the world after it.
 */
export type World = {
  readonly now: Date;
  readonly policy: Policy | undefined;
  readonly organisations: Readonly<Record<string, { readonly name: string; readonly level?: LevelInForce; readonly entry?: 'open' | 'stopped' }>>;
  readonly people: Readonly<Record<string, { readonly organisationId: string; readonly status: 'active' | 'disabled'; /** True unless said otherwise. */ readonly staff?: boolean }>>;
  readonly desktops: Readonly<Record<string, DesktopFacts & { readonly organisationId: string; readonly credentials: 'stored' | 'ask'; readonly name: string; readonly poolId?: string }>>;
  readonly pools: Readonly<Record<string, Omit<PoolFacts, 'asked'> & { readonly organisationId: string; readonly seats: number | null }>>;
  readonly duties: Readonly<Record<string, { readonly name: string; readonly class: PriorityClass; readonly zone: Zone }>>;
  /** `person desktop`, or `person pool` also where it is the person's unit that has it, and `person duty`. */
  readonly assigned: ReadonlySet<string>;
  readonly held: ReadonlySet<string>;
  readonly leases: readonly WorldLease[];
  /** Places in the queue. */
  readonly waiting: readonly WorldPlace[];
  /** OS sessions that live on. */
  readonly residual: readonly { readonly personId: string; readonly desktopId: string }[];
};

export type WorldLease = {
  readonly id: string;
  readonly personId: string;
  readonly desktopId: string;
  readonly dutyId: string;
  readonly state: LeaseState;
  readonly grantedAt: Date;
  readonly expiresAt: Date;
  readonly unusedUntil: Date;
  readonly parkedUntil: Date | null;
  readonly endedBecause: EndedBecause | null;
};

export type WorldPlace = {
  readonly personId: string;
  readonly organisationId: string;
  readonly desktopId?: string;
  readonly poolId?: string;
  readonly dutyId: string;
  readonly seenAt: Date;
  readonly countsAs: number;
  readonly weight: number;
};

export type WorldRequest = {
  readonly personId: string;
  /** Exactly one of the two. */
  readonly desktopId?: string;
  readonly poolId?: string;
  readonly dutyId: string;
  readonly changeDuty?: boolean;
  readonly changeWait?: boolean;
  readonly site: Site | undefined;
  readonly credentials: boolean;
  /** Credentials for this open lease are still kept from an earlier request. */
  readonly kept?: (leaseId: string) => boolean;
};

export const pair = (personId: string, otherId: string): string => `${personId} ${otherId}`;

export const isOpen = ({ state }: WorldLease): boolean => state !== 'ended';
