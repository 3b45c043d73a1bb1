import { CODES, type Code, type Language } from '../../broker/port.ts';
import { en } from './en.ts';
import { ENDINGS } from './files.ts';
import { ja } from './ja.ts';

export { expectation } from './expectation.ts';
export { DRILL_FILE, SESSION_FILE, TELEWORK_FILE } from './files.ts';
export { helpText } from './help.ts';
export { preferredLanguage } from './preferred-language.ts';
export { LIFTED_RULES, SITES } from './words.ts';

const CATALOGUES = { ja, en };

export function textOf(code: Code, language: Language): { readonly title: string; readonly detail: string } {
  return CATALOGUES[language][code];
}

/** A reason in a few words; what is not known stands as it is. */
export function reasonTitle(reason: string, language: Language): string {
  return Object.hasOwn(CODES, reason) ? CATALOGUES[language][reason as Code].title : (ENDINGS[language][reason] ?? reason);
}
