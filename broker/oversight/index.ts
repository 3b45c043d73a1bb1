export { createOversight } from './oversight.ts';
export { createSessionRecords, type SessionRecords } from './records.ts';
export { readRecorded, type Recorded } from './recorded-demand.ts';
