import type { Language } from '../broker/port.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { say } from './texts.ts';

const AUDIT: Readonly<Record<Language, readonly (readonly [string, string])[]>> = {
  en: [['audit verify', 'verify the audit trail'], ['audit export', 'write the audit trail for a verifier elsewhere'], ['audit key', 'write the public key that verifies it']],
  ja: [['audit verify', '監査証跡を検証する'], ['audit export', '別の場所で検証するために書き出す'], ['audit key', '検証に使う公開鍵を書き出す']],
};

const MORE: Readonly<Record<Language, string>> = {
  en: 'sekisho NOUN VERB --help says more. --json gives JSON. Settings are those of the gateway (docs/settings.md).\nExit codes: 0 done, 1 refused or impossible, 2 wrong use.\n',
  ja: '詳しくは sekisho NOUN VERB --help。--json で JSON を出力します。設定はゲートウェイと同じです（docs/settings.md）。\n終了コード: 0 完了、1 拒否または実行不可、2 使い方の誤り。\n',
};

/** All commands, a line each. */
export function help(language: Language): string {
  const lines = [...Object.entries(COMMANDS).flatMap(([noun, verbs]) => Object.entries(verbs).map(([verb, { summary }]) => [`${noun} ${verb}`, summary[language]] as const)), ...AUDIT[language]];
  const width = Math.max(...lines.map(([name]) => name.length));
  return `${say.usage(language)}: sekisho NOUN VERB …\n\n${lines.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}\n`).join('')}\n${MORE[language]}`;
}

export function helpFor(noun: string, verb: string, { usage, summary }: Command, language: Language): string {
  return `${say.usage(language)}: sekisho ${noun} ${verb} ${`${usage} [--json]`.trim()}\n  ${summary[language]}\n`;
}
