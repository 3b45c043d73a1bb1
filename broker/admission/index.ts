export { decide, type Decision } from './decide.ts';
export type { Facts, SeatCount } from './facts.ts';
export { holdFacts, type Asked } from './facts-store.ts';
export { whyNotAtSite } from './checks/zone-at-site.ts';
