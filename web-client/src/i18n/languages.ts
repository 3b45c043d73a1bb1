export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];

/**
 * The language to begin with: the one chosen on this browser before, else the first of the browser's own that we speak,
 * else Japanese.
 */
export function firstLanguage(chosen: string | null, preferred: readonly string[]): Language {
  const spoken = (tag: string): Language | undefined => languages.find((language) => tag.toLowerCase().split('-')[0] === language);
  return (chosen === null ? undefined : spoken(chosen)) ?? preferred.map(spoken).find((language) => language !== undefined) ?? 'ja';
}
