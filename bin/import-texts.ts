import type { ImportCause, Language } from '../broker/port.ts';

type Text = Readonly<Record<Language, string>>;

const CAUSES: Readonly<Record<ImportCause, Text>> = {
  'not-csv': { en: 'this is not CSV: look for a quotation mark', ja: 'CSV として読めません。引用符（"）を確認してください' },
  encoding: { en: 'broken characters', ja: '文字化けがあります' },
  'header-missing': { en: 'this column is missing', ja: '列がありません' },
  'header-unknown': { en: 'there is no such column', ja: '使えない列名です' },
  'too-many-rows': { en: 'too many rows; at most 5,000 at once', ja: '行が多すぎます（一度に 5,000 行まで）' },
  'cell-count': { en: 'not as many cells as the header has', ja: '見出しとセルの数が違います' },
  missing: { en: 'empty', ja: '空欄です' },
  'too-long': { en: 'too long', ja: '長すぎます' },
  'not-allowed': { en: 'not allowed', ja: '使えない値です' },
  'unknown-unit': { en: 'there is no such unit', ja: '登録されていない部署です' },
  'unknown-duty': { en: 'there is no such duty', ja: '登録されていない業務です' },
  'unknown-person': { en: 'there is no such person', ja: '登録されていない利用者です' },
  'unknown-pool': { en: 'there is no such pool', ja: '登録されていないプールです' },
  'twice-in-file': { en: 'twice in this file', ja: 'ファイル内で重複しています' },
  taken: { en: 'taken already', ja: 'すでに使われています' },
  'roles-incompatible': { en: 'one person must not hold both', ja: '一人で兼ねられない役割です' },
  contradiction: { en: 'it contradicts something else', ja: 'ほかの値や今の状態と両立しません' },
};

export const sayCause = (cause: ImportCause, language: Language): string => CAUSES[cause][language];

type Sum = { readonly rows: number; readonly added: number; readonly changed: number; readonly unchanged: number; readonly errors: number };

export const sayImport = {
  add: (language: Language): string => ({ en: 'add', ja: '追加' })[language],
  change: (language: Language): string => ({ en: 'change', ja: '変更' })[language],
  nothing: (language: Language): string => ({ en: 'Nothing was imported. ', ja: '取り込みませんでした。' })[language],
  would: (language: Language): string => ({ en: 'Nothing was imported yet. ', ja: 'まだ取り込んでいません。' })[language],
  done: (language: Language): string => ({ en: 'Imported. ', ja: '取り込みました。' })[language],
  sum: ({ rows, added, changed, unchanged, errors }: Sum, language: Language): string =>
    ({
      en: `Rows: ${rows}, added: ${added}, changed: ${changed}, unchanged: ${unchanged}, errors: ${errors}`,
      ja: `行数 ${rows}、追加 ${added}、変更 ${changed}、変更なし ${unchanged}、誤り ${errors}`,
    })[language],
} as const;
