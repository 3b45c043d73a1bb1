import type { Check } from '../check.ts';

/** Whoever came in by a shelter bypass does the work that it is for. */
export const bypassClass: Check = {
  name: 'bypass for class',
  reason: ({ policy, bypass, duty }) => {
    if (policy === undefined || bypass === undefined || duty === undefined) return undefined;
    return policy.bypass?.classes.includes(duty.class) === true ? undefined : 'bypass-not-for-class';
  },
};

/** … and one session at a time, on one desktop. */
export const bypassSession: Check = { name: 'one session by bypass', reason: ({ bypass }) => (bypass !== undefined && bypass.elsewhere > 0 ? 'bypass-one-session' : undefined) };
