import type { Head } from './record.ts';

/** Everything that is stated about which hash stands where, from signed checkpoints and from the database itself. */
export type Statements = {
  add(head: Head, by: string, signed: boolean): void;
  /** What is stated about one record. */
  at(lane: number, sequence: number): readonly Statement[];
  /** The highest sequence that is stated of a lane. */
  newest(lane: number): (Statement & { readonly sequence: number }) | undefined;
  lanes(): readonly number[];
};

export type Statement = { readonly hash: Buffer; /** Such as `checkpoint 12`. */ readonly by: string; readonly signed: boolean };

export function createStatements(): Statements {
  const byLane = new Map<number, Map<number, Statement[]>>();
  const newest = new Map<number, number>();
  return {
    add({ lane, sequence, hash }, by, signed) {
      if (sequence === 0) return;
      const ofLane = byLane.get(lane) ?? new Map<number, Statement[]>();
      byLane.set(lane, ofLane);
      newest.set(lane, Math.max(sequence, newest.get(lane) ?? 0));
      const same = ofLane.get(sequence) ?? [];
      ofLane.set(sequence, same);
      const known = same.findIndex((statement) => statement.hash.equals(hash));
      // An idle lane is stated again and again: one statement is enough, and a signed one is the better one.
      if (known === -1) same.push({ hash, by, signed });
      else if (signed && !same[known]!.signed) same[known] = { hash, by, signed };
    },
    at: (lane, sequence) => byLane.get(lane)?.get(sequence) ?? [],
    newest(lane) {
      const sequence = newest.get(lane);
      return sequence === undefined ? undefined : { sequence, ...byLane.get(lane)!.get(sequence)![0]! };
    },
    lanes: () => [...byLane.keys()].sort((one, other) => one - other),
  };
}
