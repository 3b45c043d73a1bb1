import { randomOffice } from './office.ts';
import { randomFrom } from './random.ts';
import type { Rules } from './give-out.ts';
import { step } from './steps.ts';
import { createWitness } from './witness.ts';

/** The most that happens in one history. */
const STEPS = 24;

export type Lived = { readonly histories: number; readonly steps: number; readonly seen: Readonly<Record<string, number>> };

/**
 * Lives through random histories of offices whose seats run short.
 * @param seed of the first; each further history has the next number as its own seed, so that one can be lived again alone
 * @throws Error naming the seed of the history and the step at which something was that must never be
 */
export function liveThrough(seed: number, histories: number, { rules, onProgress }: { rules?: Rules; onProgress?: (lived: number) => void } = {}): Lived {
  const witness = createWitness();
  let steps = 0;
  for (let number = 0; number < histories; number += 1) {
    const random = randomFrom(seed + number);
    const office = randomOffice(random);
    const length = 6 + random.below(STEPS - 5);
    for (let count = 0; count < length; count += 1) {
      try {
        step(office, random, witness, rules);
      } catch (error) {
        throw new Error(`history ${seed + number}, step ${count + 1}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
      steps += 1;
    }
    if (number % 10_000 === 9_999) onProgress?.(number + 1);
  }
  return { histories, steps, seen: witness.seen };
}
