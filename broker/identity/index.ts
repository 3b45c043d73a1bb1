export { createDirectory, type Directory, type DirectoryDeps } from './directory/directory.ts';
export type { EndLeasesOf, SignInsDeps } from './deps.ts';
export { createPasswords, type Passwords } from './password/passwords.ts';
export { SIGN_IN_POLICY, type SignInPolicy } from './policy.ts';
export { createSignIns } from './sign-ins.ts';
export { createSignInUpkeep, type SignInUpkeep } from './upkeep.ts';
