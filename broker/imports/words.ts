import type { Language, Role } from '../port.ts';

type Words<Value extends string> = Readonly<Record<Value, readonly [ja: string, en: string]>>;

export const STATUS: Words<'active' | 'disabled'> = { active: ['有効', 'active'], disabled: ['停止', 'disabled'] };
export const LANGUAGE: Words<Language> = { ja: ['日本語', 'ja'], en: ['英語', 'en'] };
export const PROTOCOL: Words<'rdp' | 'vnc'> = { rdp: ['RDP', 'rdp'], vnc: ['VNC', 'vnc'] };
export const KIND: Words<'exclusive' | 'multi-session'> = { exclusive: ['専用', 'exclusive'], 'multi-session': ['共用', 'multi-session'] };
/** `keep`: what is stored for it stays. No password ever stands in a file. */
export const CREDENTIALS: Words<'ask' | 'keep'> = { ask: ['毎回入力', 'ask'], keep: ['変更しない', 'keep'] };
export const ROLE: Words<Role> = {
  staff: ['職員', 'staff'],
  'unit-head': ['所属長', 'unit-head'],
  'shelter-manager': ['避難所責任者', 'shelter-manager'],
  'bcp-admin': ['BCP管理者', 'bcp-admin'],
  'activation-authority': ['発動権者', 'activation-authority'],
  'security-officer': ['セキュリティ責任者', 'security-officer'],
  auditor: ['監査人', 'auditor'],
  'system-admin': ['システム管理者', 'system-admin'],
};

/** The value that a cell names in Japanese or English, whatever its width and case; undefined for any other text. */
export function readWord<Value extends string>(words: Words<Value>, text: string): Value | undefined {
  const typed = plain(text);
  return (Object.keys(words) as Value[]).find((value) => value === typed || words[value].some((word) => plain(word) === typed));
}

export function sayWord<Value extends string>(words: Words<Value>, value: Value, language: Language): string {
  return words[value][language === 'ja' ? 0 : 1];
}

/** The same of a list of values with `;` between. */
export function sayAll(words: Words<string>, text: string, language: Language): string {
  return listed(text).map((part) => (Object.hasOwn(words, part) ? sayWord(words, part, language) : part)).join(';');
}

/** What a cell lists, with `;` between; each once. */
export function listed(text: string): string[] {
  const parts = text.split(/[;；]/).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}

const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase();
