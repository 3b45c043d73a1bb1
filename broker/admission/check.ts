import type { Code } from '../codes.ts';
import type { Facts } from './facts.ts';

/** One condition of admission (受付判定): gives the reason to refuse, or nothing when it holds or its facts are not there to judge. */
export type Check = { readonly name: string; readonly reason: (facts: Facts) => Code | undefined };
