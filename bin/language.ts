import type { Language } from '../broker/port.ts';

/** As POSIX says (XBD 8.2): LC_ALL, then LC_MESSAGES, then LANG; the first that is set counts. English where none says Japanese. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const set = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find((value) => value !== undefined && value !== '');
  return set !== undefined && /^ja(?:[_.@]|$)/i.test(set) ? 'ja' : 'en';
}
