/** Numbers from a seed, the same for the same seed (mulberry32). */
export type Random = { /** A whole number from 0 up to, and not including, this one. */ below(limit: number): number; oneOf<Item>(items: readonly Item[]): Item; chance(percent: number): boolean };

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, oneOf: (items) => items[below(items.length)]!, chance: (percent) => below(100) < percent };
}
