export { createOversight } from './oversight.ts';
export { createSessionRecords, type SessionRecords } from './records.ts';
