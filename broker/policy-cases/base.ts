import type { Facts } from '../admission/index.ts';

/**
 * The request that a case changes: somebody of みほん市 who is in every way entitled asks from the office, at level 0, for the
 * own desktop and for the duty 窓口 (P3, internet zone), while nobody else works.
 */
export const BASE = {
  account: 'active',
  staff: true,
  organisationName: 'みほん市',
  entry: 'open',
  level: '0',
  desktop: { status: 'active', weight: 1, kind: 'exclusive', sessions: 1 },
  pool: { status: 'active', logIn: 'personal', cleanUp: 'none' },
  assigned: true,
  duty: { id: '窓口', name: '窓口', class: 'P3', zone: 'internet' },
  site: 'office',
  credentials: 'stored',
} as const satisfies Partial<Record<keyof Facts, unknown>>;
