export { createRelay } from './relay.ts';
export type {
  ConnectionSettings,
  DisplaySize,
  GuacdAddress,
  LiveSession,
  RefusedCounts,
  Relay,
  RelayAlarm,
  RelayDependencies,
  RelayGrant,
  RelayLog,
  SessionEnd,
  SessionEndCause,
} from './contract.ts';
export { isProperUpgrade } from './proper-upgrade.ts';
export { resolveLimits, type RelayLimits } from './limits.ts';
