export { createDirectory, type Directory } from './directory/directory.ts';
export { FRESH_FACTOR_SECONDS, requireFreshFactor } from './fresh-factor.ts';
export { createPasswords } from './password/passwords.ts';
export { SIGN_IN_POLICY, type SignInPolicy } from './policy.ts';
export { createLimitRules } from './sign-in-limits/rules.ts';
export { createSignIns } from './sign-ins.ts';
export { createSignInUpkeep } from './upkeep.ts';
