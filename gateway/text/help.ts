import type { Help, Language } from '../../broker/port.ts';
import { LEVELS, ROLES, SITES } from './words.ts';

/** A way that would work, as a whole sentence. */
export function helpText(help: Help, language: Language): string {
  const [japanese, english] = sentences(help);
  return language === 'ja' ? japanese : english;
}

function sentences(help: Help): readonly [ja: string, en: string] {
  switch (help.kind) {
    case 'duty':
      return [`業務「${help.name}」なら利用できます。`, `You can connect for the duty "${help.name}".`];
    case 'level':
      return [`継続レベルが${LEVELS.ja[help.level]}以上になると利用できます。`, `You can connect once the continuity level is ${LEVELS.en[help.level]} or higher.`];
    case 'site':
      return [`${help.sites.map((site) => SITES.ja[site]).join('、')}からなら利用できます。`, `You can connect from ${listed(help.sites.map((site) => SITES.en[site]))}.`];
    case 'time':
      return [`${inJapan(help.at, 'ja-JP')}から利用できます。`, `You can connect from ${inJapan(help.at, 'en-GB')}, Japan time.`];
    case 'seat':
      return ['席が空くと利用できます。', 'You can connect once a seat is free.'];
    case 'ask':
      return [`${ROLES.ja[help.role]}に相談してください。`, `Ask ${ROLES.en[help.role]}.`];
  }
}

const inJapan = (at: Date, language: string) => new Intl.DateTimeFormat(language, { timeZone: 'Asia/Tokyo', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit' }).format(at);

const listed = (words: readonly string[]) => new Intl.ListFormat('en', { type: 'disjunction' }).format(words);
