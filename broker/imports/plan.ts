import { createHash } from 'node:crypto';
import type { ImportError, ImportPreview } from '../port.ts';

/** One thing that an import would do, and what the preview shows of it. */
export type Change = ImportPreview['changes'][number];

/** What a file would do to the state that it was read against. `work` is all that is needed to do it. */
export type Plan<Work> = {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly changes: readonly Change[];
  readonly errors: readonly ImportError[];
  readonly work: Work;
};

/** Changes that a preview shows. */
const SHOWN = 200;

export function previewOf(digest: string, { rows, added, changed, unchanged, changes, errors }: Plan<unknown>): ImportPreview {
  return { digest, rows, added, changed, unchanged, changes: changes.slice(0, SHOWN), errors };
}

/**
 * The same for the same file read against a state for which it means the same, and for no other: whatever it would do, and
 * whatever it would replace, is in it. SHA-256 in hexadecimal.
 */
export function digestOf(organisationId: string, csv: string, { changes, errors, work }: Plan<unknown>): string {
  return createHash('sha256').update(JSON.stringify([organisationId, csv, changes, errors, work])).digest('hex');
}

export const fileHash = (csv: string): string => createHash('sha256').update(csv).digest('hex');
