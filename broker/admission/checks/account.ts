import type { Check } from '../check.ts';

/** A disabled person enters nothing, whatever else they hold. */
export const account: Check = { name: 'account', reason: ({ account }) => (account === 'active' ? undefined : 'account-disabled') };
