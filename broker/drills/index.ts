export { createDrillClock, createDrills } from './drills.ts';
export { createShadows } from './shadow.ts';
