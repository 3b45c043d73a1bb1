import type { Code, Language } from '../../broker/port.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';

export { expectation } from './expectation.ts';
export { preferredLanguage } from './preferred-language.ts';

const CATALOGUES = { ja, en };

export function textOf(code: Code, language: Language): { readonly title: string; readonly detail: string } {
  return CATALOGUES[language][code];
}
