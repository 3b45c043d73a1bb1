export { isLive } from './admission.ts';
export { createRealtime, type Realtime } from './realtime.ts';
