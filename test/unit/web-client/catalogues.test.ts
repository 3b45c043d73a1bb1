import { CODES } from '../../../broker/codes.ts';
import consoleEn from '../../../web-client/src/i18n/console/en.json' with { type: 'json' };
import consoleJa from '../../../web-client/src/i18n/console/ja.json' with { type: 'json' };
import en from '../../../web-client/src/i18n/en.json' with { type: 'json' };
import ja from '../../../web-client/src/i18n/ja.json' with { type: 'json' };
import { endings } from '../../../web-client/src/session/endings.ts';

type Texts = { readonly [key: string]: string | Texts };

function flat(texts: Texts, path = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]): [string, string][] => (typeof value === 'string' ? [[path + key, value]] : [...flat(value, `${path}${key}.`)])),
  );
}

const everybody = { ja: flat(ja), en: flat(en) };
const consoles = { ja: flat(consoleJa), en: flat(consoleEn) };
const catalogues = { ja: new Map([...everybody.ja, ...consoles.ja]), en: new Map([...everybody.en, ...consoles.en]) };
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name]) => name!).toSorted();

describe('the catalogues of the web client', () => {
  it('have the same keys in both languages', () => {
    expect([...everybody.en.keys()]).toEqual([...everybody.ja.keys()]);
    expect([...consoles.en.keys()]).toEqual([...consoles.ja.keys()]);
  });

  it('say each thing in one place', () => {
    for (const key of consoles.ja.keys()) expect([key, everybody.ja.has(key)]).toEqual([key, false]);
  });

  it.each(Object.keys(CODES))('say in both languages what happened and what helps for %s', (code) => {
    for (const texts of Object.values(catalogues)) {
      expect(texts.get(`codes.${code}.title`)).toMatch(/\S/u);
      expect(texts.get(`codes.${code}.help`)).toMatch(/\S/u);
    }
  });

  it.each(endings)('say in both languages why a session ended: %s', (ending) => {
    for (const texts of Object.values(catalogues)) {
      expect(texts.get(`endings.${ending}.title`)).toMatch(/\S/u);
      expect(texts.get(`endings.${ending}.help`)).toMatch(/\S/u);
    }
  });

  it('fill in the same values in both languages', () => {
    for (const [key, text] of catalogues.ja) expect([key, placeholders(catalogues.en.get(key)!)]).toEqual([key, placeholders(text)]);
  });

  it('leave no text empty and no English sentence with Japanese letters', () => {
    for (const [key, text] of catalogues.ja) expect([key, text.trim()]).not.toEqual([key, '']);
    for (const [key, text] of catalogues.en) expect([key, text]).toEqual([key, expect.not.stringMatching(/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u)]);
  });

  it('end every Japanese explanation as a sentence', () => {
    for (const [key, text] of catalogues.ja) if (/^(codes|endings)\..*\.help$/u.test(key)) expect([key, text]).toEqual([key, expect.stringMatching(/。$/u)]);
  });
});
