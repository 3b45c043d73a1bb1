import type { LevelInForce } from '../../../../gateway/http/schemas/index.ts';

export type Level = LevelInForce['level'];

/** Levels by how much they let in; recovery ranks with alert. */
const rank: Readonly<Record<Level, number>> = { '0': 0, '1': 1, R: 1, '2': 2, '3': 3 };
export const levels: readonly Level[] = ['0', '1', '2', '3', 'R'];
/** What may have happened. */
export const events = ['earthquake', 'storm', 'snow', 'epidemic', 'building-failure', 'system-failure', 'cyber', 'other'] as const satisfies readonly NonNullable<LevelInForce['event']>[];

/** What can be proposed: whatever lets in more than the level in force, that level itself for longer, and the change between alert and recovery. */
export function proposable({ level }: LevelInForce): readonly Level[] {
  return levels.filter((other) => rank[other] > 0 && rank[other] >= rank[level]);
}

/** What one person can go down to, the nearest first. A provisional level can be ended on its own. */
export function tighter({ level, provisional }: LevelInForce): readonly Level[] {
  const lower = levels.filter((other) => rank[other] < rank[level] || (provisional !== undefined && other === level));
  return lower.toSorted((a, b) => rank[b] - rank[a]);
}
