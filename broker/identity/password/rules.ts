import type { SignInPolicy } from '../policy.ts';

/** What a password is refused for; nothing is asked of its composition (SP 800-63B-4, 3.1.1.2). */
export type Unsuitable = 'length' | 'username' | 'common';

/**
 * @param password in NFKC
 * @param username in its stored form
 * @returns undefined when the password will do
 */
export function unsuitable(password: string, username: string, { shortest, longest }: SignInPolicy['password']): Unsuitable | undefined {
  const length = [...password].length;
  if (length < shortest || length > longest) return 'length';
  const plain = password.toLowerCase();
  // A username of three letters may well stand in a good passphrase by chance.
  if (plain === username || (username.length > 3 && plain.includes(username))) return 'username';
  return isCommon(plain) ? 'common' : undefined;
}

/** Repetitions of one to four characters, runs of keys, and a well-known word with figures and marks around it. */
function isCommon(plain: string): boolean {
  if (/^(.{1,4})\1+.{0,3}$/u.test(plain)) return true;
  if (RUNS.some((run) => run.includes(plain) || [...run].toReversed().join('').includes(plain))) return true;
  return WORDS.has(plain.replaceAll(/[!-`{-~ ]/g, ''));
}

const RUNS = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm', '1q2w3e4r5t6y7u8i9o0p', '1qaz2wsx3edc4rfv5tgb6yhn7ujm'];

const WORDS = new Set([
  'password', 'passw', 'passwd', 'pass', 'passphrase', 'passwordpassword', 'pasuwaado', 'mypassword', 'qwerty', 'qwertyuiop', 'qwertyqwerty',
  'letmein', 'letmeinletmein', 'welcome', 'welcomewelcome', 'administrator', 'admin', 'adminadmin', 'root', 'guest', 'changeme', 'changemenow', 'default',
  'iloveyou', 'iloveyouiloveyou', 'sunshine', 'princess', 'football', 'baseball', 'dragon', 'monkey', 'superman', 'trustno', 'whatever',
  'sakura', 'sakurasakura', 'doraemon', 'arigatou', 'nippon', 'yokohama', 'kanrisha', 'jichitai', 'shiyakusho', 'yakuba', 'sekisho', 'sekishosekisho',
  'abc', 'abcd', 'abcdef', 'abcabc', 'qwe', 'qweasd', 'qweasdzxc', 'asdf', 'asdfgh', 'asdfghjkl', 'zxcvbn', 'zxcvbnm', 'qaz', 'qazwsx', 'qazwsxedc',
]);
