import type { RefusedCounts } from '../contract.ts';

/** Counts what the channel guard refused. The kinds come from the closed list of opcodes, so that nobody can grow it. */
export type Refusals = {
  /** One more refused attempt of this kind, `bytes` long on the wire. */
  add(kind: string, bytes: number): void;
  /** Further bytes of an attempt that was counted already, such as the blobs of a refused stream. */
  addBytes(kind: string, bytes: number): void;
  counts(): RefusedCounts;
};

export function createRefusals(): Refusals {
  const entries = new Map<string, { count: number; bytes: number }>();
  return {
    add(kind, bytes) {
      const entry = entryOf(kind);
      entry.count++;
      entry.bytes += bytes;
    },
    addBytes(kind, bytes) {
      entryOf(kind).bytes += bytes;
    },
    counts: () => Object.fromEntries([...entries].map(([kind, entry]) => [kind, { ...entry }])),
  };

  function entryOf(kind: string): { count: number; bytes: number } {
    let entry = entries.get(kind);
    if (entry === undefined) {
      entry = { count: 0, bytes: 0 };
      entries.set(kind, entry);
    }
    return entry;
  }
}
