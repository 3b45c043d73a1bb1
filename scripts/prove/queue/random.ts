import { uniform } from '../../../broker/simulation/uniform.ts';

export type Random = { /** A whole number from 0 up to, and not including, this one. */ below(limit: number): number; oneOf<Item>(items: readonly Item[]): Item; chance(percent: number): boolean };

export function randomFrom(seed: number): Random {
  const next = uniform(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, oneOf: (items) => items[below(items.length)]!, chance: (percent) => below(100) < percent };
}
