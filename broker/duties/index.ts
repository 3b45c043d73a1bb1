export { createDuties } from './duties.ts';
export { createDelegationUpkeep } from './upkeep.ts';
