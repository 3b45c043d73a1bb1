import type { Help, Language } from '../../broker/port.ts';
import { LEVELS, ROLES, SITES } from './words.ts';

/** A way that would work, as a whole sentence. */
export function helpText(help: Help, language: Language): string {
  const [japanese, english] = sentences(help);
  return language === 'ja' ? japanese : english;
}

function sentences(help: Help): readonly [ja: string, en: string] {
  switch (help.kind) {
    case 'acknowledge':
      return ['テレワークの規程を読んで確認すると利用できます。', 'You can connect once you have read and acknowledged the telework rules.'];
    case 'duty':
      return [`業務「${help.name}」なら利用できます。`, `You can connect for the duty "${help.name}".`];
    case 'level':
      return [`継続レベルが${LEVELS.ja[help.level]}以上になると利用できます。`, `You can connect once the continuity level is ${LEVELS.en[help.level]} or higher.`];
    case 'site':
      return [`${help.sites.map((site) => SITES.ja[site]).join('、')}からなら利用できます。`, `You can connect from ${listed(help.sites.map((site) => SITES.en[site]))}.`];
    case 'time':
      return [`${JA_TIME.format(help.at)}から利用できます。`, `You can connect from ${EN_TIME.format(help.at)} (Japan time).`];
    case 'seat':
      return ['席が空くと利用できます。', 'You can connect once a seat is free.'];
    case 'ask':
      return [`${ROLES.ja[help.role]}に相談してください。`, `Ask ${ROLES.en[help.role]}.`];
  }
}

const listed = (words: readonly string[]) => new Intl.ListFormat('en', { type: 'disjunction' }).format(words);

const when = { timeZone: 'Asia/Tokyo', month: 'long', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const JA_TIME = new Intl.DateTimeFormat('ja-JP', when);
const EN_TIME = new Intl.DateTimeFormat('en-GB', when);
