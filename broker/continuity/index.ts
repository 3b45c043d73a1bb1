export { createContinuity, type ContinuityDeps } from './continuity.ts';
export { readLevel } from './in-force.ts';
export { createLevelClock, type LevelClock } from './level-clock.ts';
export type { DatabaseTime } from './deps.ts';
export { databaseTime } from './trusted-time.ts';
export { createLevelOperator, type LevelOperator } from './operator.ts';
