export { createPhases } from './own.ts';
export { createPhaseClock } from './phase-clock.ts';
