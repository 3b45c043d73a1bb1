export { decide, type Decision } from './decide.ts';
export type { Facts, SeatCount } from './facts.ts';
export { hold, readFacts, type Asked } from './facts-store.ts';
