import type { Language } from '../../broker/port.ts';

/**
 * The language that an Accept-Language header (RFC 9110, 12.5.4) asks for: Japanese unless English is wanted more.
 * A header that cannot be understood counts as absent.
 */
export function preferredLanguage(header: string | undefined): Language {
  const wish = { ja: 0, en: 0 };
  for (const part of (header ?? '').slice(0, 500).split(',')) {
    const match = /^\s*(ja|en)(?:-[a-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*$/i.exec(part);
    if (!match) continue;
    const language = match[1]!.toLowerCase() as Language;
    wish[language] = Math.max(wish[language], Number(match[2] ?? 1));
  }
  return wish.en > wish.ja || (wish.en > 0 && wish.en === wish.ja && /^\s*en/i.test(header ?? '')) ? 'en' : 'ja';
}
