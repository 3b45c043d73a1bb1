import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { firstLanguage, type Language } from './languages.ts';

const texts = createInstance();
const rememberedAs = 'sekisho.language';
const catalogues = {
  ja: () => import('./ja.json'),
  en: () => import('./en.json'),
} as const satisfies Record<Language, unknown>;

/** Loads the catalogue of the language to begin with. Text is shown through React, which escapes it, so i18next does not. */
export async function startTexts(): Promise<void> {
  await texts.use(initReactI18next).init({
    fallbackLng: false,
    interpolation: { escapeValue: false },
    returnNull: false,
    resources: {},
  });
  await speak(firstLanguage(remembered(), navigator.languages));
}

/** Changes the language of the page, and remembers it for the next visit. */
export async function speak(language: Language): Promise<void> {
  if (!texts.hasResourceBundle(language, 'translation')) {
    const catalogue = await catalogues[language]();
    texts.addResourceBundle(language, 'translation', catalogue.default);
  }
  await texts.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(rememberedAs, language);
  } catch {
    // A browser that keeps nothing still shows the page in this language.
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(rememberedAs);
  } catch {
    return null;
  }
}
