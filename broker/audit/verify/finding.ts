/**
 * What is wrong with a trail.
 * - `altered`: the content of a record, or of a column that repeats it, is not what was written
 * - `deleted`: records are missing and later ones of the lane are there
 * - `truncated`: the newest records of a lane are missing
 * - `reordered`: a record stands in the place of another
 * - `inserted`: a record stands where none was written
 * - `checkpoint-altered`, `checkpoint-deleted`: the signed statements themselves are not as they were signed
 * - `export-damaged`: the export is not the file that was written
 */
export type Finding = RecordFinding | CheckpointFinding | ExportFinding;

export type RecordFinding = {
  readonly kind: 'altered' | 'deleted' | 'truncated' | 'reordered' | 'inserted';
  readonly lane: number;
  readonly sequence: number;
  /** The last sequence concerned, where it is more than one or where it cannot be said which one of a range. */
  readonly to?: number;
  readonly id?: string;
  readonly detail: string;
};

export type CheckpointFinding = {
  readonly kind: 'checkpoint-altered' | 'checkpoint-deleted';
  /** Where the statement was read: a file, or `database`. */
  readonly source: string;
  /** Its position there, from 1. */
  readonly line: number;
  readonly detail: string;
};

export type ExportFinding = { readonly kind: 'export-damaged'; readonly line: number; readonly detail: string };

export function describe(finding: Finding): string {
  if ('lane' in finding) {
    const range = finding.to === undefined || finding.to === finding.sequence ? '' : `–${finding.to}`;
    const id = finding.id === undefined ? '' : ` (${finding.id})`;
    return `${finding.kind}: lane ${finding.lane}, sequence ${finding.sequence}${range}${id}: ${finding.detail}`;
  }
  const place = 'source' in finding ? `${finding.source}, checkpoint at position ${finding.line}` : `line ${finding.line}`;
  return `${finding.kind}: ${place}: ${finding.detail}`;
}
