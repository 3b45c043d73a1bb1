export type { DutyNow, StandingFacts } from './check.ts';
export { exceptionUsed } from './checks/zone-at-site.ts';
export { decide, type Decision } from './decide.ts';
export type { DesktopFacts, DutyFacts, Facts, Occupancy, PoolFacts, WaitingBefore } from './facts.ts';
export { holdFacts, type Asked, type Held } from './facts-store.ts';
export { liftedRules } from './lifted-rules.ts';
export { outsideHours } from './checks/telework-hours.ts';
export { dutyStanding, whyNotAnyLonger } from './standing.ts';
export { readTelework } from './telework-store.ts';
