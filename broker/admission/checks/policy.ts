import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';

/** Fail closed: without a policy that can be read nobody is let in. */
export const policy: Check<Pick<Facts, 'policy'>> = { name: 'policy', reason: ({ policy }) => (policy === undefined ? 'policy-missing' : undefined) };
