export type { StandingFacts } from './check.ts';
export { exceptionUsed } from './checks/zone-at-site.ts';
export { decide, type Decision } from './decide.ts';
export type { DesktopFacts, DutyFacts, Facts, Occupancy, PoolFacts, WaitingBefore } from './facts.ts';
export { holdFacts, type Asked, type Held } from './facts-store.ts';
export { whyNotAnyLonger } from './standing.ts';
