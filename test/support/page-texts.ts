import consoleEn from '../../web-client/src/i18n/console/en.json' with { type: 'json' };
import consoleJa from '../../web-client/src/i18n/console/ja.json' with { type: 'json' };
import en from '../../web-client/src/i18n/en.json' with { type: 'json' };
import ja from '../../web-client/src/i18n/ja.json' with { type: 'json' };

const catalogues = { ja: { ...ja, ...consoleJa }, en: { ...en, ...consoleEn } };

/** What the pages say in a language, by the key of the catalogues, for tests that live through the same in both. Throws where there is no such text, or one that is filled in. */
export function textsOf(language: 'ja' | 'en'): (key: string) => string {
  return (key) => {
    const found = key.split('.').reduce<unknown>((texts, part) => (typeof texts === 'object' && texts !== null ? (texts as Record<string, unknown>)[part] : undefined), catalogues[language]);
    if (typeof found !== 'string' || found.includes('{{')) throw new Error(`no plain text for ${key} in ${language}`);
    return found;
  };
}
