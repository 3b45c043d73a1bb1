import type { SignedCheckpoint } from './checkpoint.ts';
import type { ExportFinding } from './finding.ts';
import type { Head, StoredRecord } from './record.ts';

/** Where a trail is read from. Its parts are read once, in the order in which they stand here. */
export type Source = {
  /** For people: what was verified. */
  readonly name: string;
  /** The table of lanes, as it stood when the records were read. */
  heads(): Promise<readonly Head[]>;
  /** The checkpoints that lie with the records, from number 1. */
  checkpoints(): AsyncIterable<SignedCheckpoint | 'unreadable'>;
  /** By lane, and by sequence within one. */
  records(): AsyncIterable<StoredRecord>;
  /** What is wrong with the source itself; known once everything was read. */
  damage(): ExportFinding | undefined;
  close(): Promise<void>;
};
