import type { Code, Language } from '../broker/port.ts';

type Text = Readonly<Record<Language, string>>;

/** What the command line says of a refusal to whoever administers; what is not here is told by its code. */
const REFUSALS: Partial<Readonly<Record<Code, Text>>> = {
  'request-invalid': { en: 'Not done: something given is not right.', ja: '実行しませんでした。指定に誤りがあります。' },
  'not-found': { en: 'Not done: there is no such thing.', ja: '実行しませんでした。指定されたものが見つかりません。' },
  conflict: { en: 'Not done: it is taken already.', ja: '実行しませんでした。すでに使われています。' },
  'account-disabled': { en: 'Not done: the account is disabled. Enable it first: sekisho user enable USER', ja: '実行しませんでした。アカウントが停止中です。先に sekisho user enable USER を実行してください。' },
};

/** What is expected of a field, as the broker says it in English. */
const EXPECTED_JA: Readonly<Record<string, string>> = {
  'one that is not taken': 'まだ使われていないもの',
  'a name that no other desktop of the organisation has': '団体のほかのデスクトップが使っていない名前',
  'an address that no other desktop has: two desktops there would show one person the screen of another': 'ほかのデスクトップが使っていない接続先（同じ接続先を二つ登録すると、他人の画面が見えてしまいます）',
  'a host name or an address, without a port': 'ホスト名または IP アドレス（ポート番号は含めない）',
  'a port from 1 to 65535': '1 から 65535 までのポート番号',
  'rdp or vnc': 'rdp または vnc',
  'no control characters': '制御文字を含まない文字列',
  'no such parameter may be set': 'このパラメーターは設定できません',
  'only an RDP desktop shows a certificate': '証明書を示すのは RDP のデスクトップだけです',
  'an RDP desktop needs a username and a password, or asks for them': 'RDP のデスクトップにはユーザー名とパスワードが必要です（または --credentials ask）',
  'at most 8 bytes: VNC reads no more of a password': '8 バイト以内（VNC はそれより長いパスワードを読みません）',
  'accept any certificate of this desktop explicitly (--accept-any-certificate); it is put on record': '証明書を確認しないときは --accept-any-certificate を明示してください（記録に残ります）',
};

export const say = {
  refusal: (code: Code, language: Language): string => REFUSALS[code]?.[language] ?? { en: `Not done: ${code}`, ja: `実行しませんでした: ${code}` }[language],
  expected: (english: string, language: Language): string => (language === 'ja' ? (EXPECTED_JA[english] ?? english) : english),
  done: (language: Language): string => ({ en: 'Done.', ja: '完了しました。' })[language],
  nothing: (language: Language): string => ({ en: 'There are none.', ja: '該当するものはありません。' })[language],
  usage: (language: Language): string => ({ en: 'Usage', ja: '使い方' })[language],
  wrongUse: (why: string, language: Language): string => ({ en: `The command was not understood: ${why}`, ja: `コマンドの指定に誤りがあります: ${why}` })[language],
} as const;
