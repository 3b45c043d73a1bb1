import type { Check } from '../check.ts';

/** Fail closed: without a policy that can be read nobody is let in. */
export const policy: Check = { name: 'policy', reason: ({ policy }) => (policy === undefined ? 'policy-missing' : undefined) };
