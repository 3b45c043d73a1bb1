export { createAskedCredentials } from './asked-credentials.ts';
export type { Carried } from './carried.ts';
export { createEndLeasesOf, type EndLeasesOf } from './ending.ts';
export { createEndNotices } from './end-notices.ts';
export { createHeartbeat } from './heartbeat.ts';
export { createLeases } from './leases.ts';
export { createReview } from './review.ts';
export { createSweeper } from './sweeper.ts';
