export type { Access, Policy, PolicySource } from './policy.ts';
export { PolicyError, readPolicy } from './read.ts';
export { seatLimitsFor } from './seats.ts';
export { siteOf } from './sites.ts';
export { ACCESS_FILE, createPolicySource } from './source.ts';
