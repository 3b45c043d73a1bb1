import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { firstLanguage, type Language } from './languages.ts';

const texts = createInstance();
const rememberedAs = 'sekisho.language';
/** The texts of everybody's pages, and those that only the consoles need. Their keys stand side by side in one tree. */
const catalogues = {
  everybody: { ja: () => import('./ja.json'), en: () => import('./en.json') },
  console: { ja: () => import('./console/ja.json'), en: () => import('./console/en.json') },
} as const satisfies Record<string, Record<Language, unknown>>;
type Part = keyof typeof catalogues;
const wanted = new Set<Part>(['everybody']);
const loaded = new Set<`${Part} ${Language}`>();

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
  await load(language);
  await texts.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(rememberedAs, language);
  } catch {
    // A browser that keeps nothing still shows the page in this language.
  }
}

/** Adds the texts of pages that few people come to, in the language in use and in whichever follows it. */
export async function addTexts(part: Part): Promise<void> {
  wanted.add(part);
  await load(texts.language as Language);
}

async function load(language: Language): Promise<void> {
  const missing = [...wanted].filter((part) => !loaded.has(`${part} ${language}`));
  await Promise.all(
    missing.map(async (part) => {
      const catalogue = await catalogues[part][language]();
      texts.addResourceBundle(language, 'translation', catalogue.default, true);
      loaded.add(`${part} ${language}`);
    }),
  );
}

function remembered(): string | null {
  try {
    return localStorage.getItem(rememberedAs);
  } catch {
    return null;
  }
}
