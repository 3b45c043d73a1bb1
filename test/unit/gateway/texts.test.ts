import { CODES, type Code } from '../../../broker/port.ts';
import { preferredLanguage, textOf } from '../../../gateway/text/index.ts';

const codes = Object.keys(CODES) as Code[];

describe('texts', () => {
  it.each(codes)('say in both languages what %s means and what to do', (code) => {
    const ja = textOf(code, 'ja');
    const en = textOf(code, 'en');
    expect(ja.title).toMatch(/[ぁ-んァ-ヶ一-龠]/);
    expect(ja.detail).toMatch(/。$/);
    expect(en.title).toMatch(/^[A-Z]/);
    expect(en.detail).toMatch(/\.$/);
    expect(`${en.title}${en.detail}`).not.toMatch(/[ぁ-んァ-ヶ一-龠]/);
  });

  it('do not tell an unknown user from a wrong password', () => {
    expect(textOf('credentials-wrong', 'en').detail).toContain('The username or the password');
  });
});

describe('the preferred language', () => {
  it.each([
    [undefined, 'ja'],
    ['', 'ja'],
    ['fr', 'ja'],
    ['*', 'ja'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['ja,en-US;q=0.9', 'ja'],
    ['en-US,en;q=0.9,ja;q=0.8', 'en'],
    ['ja;q=0.3, en;q=0.7', 'en'],
    ['en;q=0', 'ja'],
    ['fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', 'en'],
    ['\u0000;;;q=,', 'ja'],
    ['en'.repeat(10_000), 'ja'],
  ] as const)('of %j is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
