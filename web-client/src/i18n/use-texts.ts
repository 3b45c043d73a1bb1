import { useTranslation } from 'react-i18next';
import type { Language } from './languages.ts';

/** The texts of the language in use, and which language that is. */
export function useTexts() {
  const { t, i18n } = useTranslation();
  return { t, language: i18n.language as Language };
}
