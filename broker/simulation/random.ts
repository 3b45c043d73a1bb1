import { uniform } from './uniform.ts';

export type Random = { /** From 0 up to, and not including, 1. */ next(): number; /** Around `median`, by a logarithm that is normally distributed. */ logNormal(median: number, spread: number): number };

export function randomFrom(seed: number): Random {
  const next = uniform(seed);
  return {
    next,
    // Box and Muller's transform.
    logNormal: (median, spread) => median * Math.exp(spread * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
  };
}
