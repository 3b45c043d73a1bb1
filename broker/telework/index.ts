export { createTeleworkRecords, type TeleworkRecords } from './records.ts';
export { createTelework } from './telework.ts';
