import type { Code, Language } from '../broker/port.ts';

type Text = Readonly<Record<Language, string>>;

/** What the command line says of a refusal to whoever administers; what is not here is told by its code. */
const REFUSALS: Partial<Readonly<Record<Code, Text>>> = {
  'request-invalid': { en: 'Not done: something given is not right.', ja: '実行しませんでした。指定に誤りがあります。' },
  'not-found': { en: 'Not done: there is no such thing.', ja: '実行しませんでした。指定されたものが見つかりません。' },
  forbidden: { en: 'Not done: no role of this person allows it.', ja: '実行しませんでした。この人の役割では許可されていません。' },
  'level-not-tighter': { en: 'Not done: that would not lower the level. Raising takes two people, in the browser.', ja: '実行しませんでした。継続レベルが下がりません。引き上げは、二人がブラウザーで行います。' },
  'policy-missing': { en: 'Not done: there is no policy that can be applied. See sekisho policy check', ja: '実行しませんでした。適用できるポリシーがありません。sekisho policy check で確認してください。' },
  conflict: { en: 'Not done: it is taken already.', ja: '実行しませんでした。すでに使われています。' },
  'pool-unsuitable': { en: 'Not done: in that pool, what one person leaves behind could be shown to the next.', ja: '実行しませんでした。そのプールでは、前の人の画面が次の人に見えてしまいます。' },
  'roles-incompatible': { en: 'Not done: one person must not hold that role together with one they hold already.', ja: '実行しませんでした。すでに持っている役割と兼ねられません。' },
  'last-administrator': { en: 'Not done: nobody would be left who administers the organisation. Grant system-admin to somebody else first: sekisho user grant USER system-admin', ja: '実行しませんでした。団体のシステム管理者がいなくなります。先に別の人へ: sekisho user grant USER system-admin' },
  'import-out-of-date': { en: 'Nothing was imported: something changed meanwhile. Try again.', ja: '取り込みませんでした。確認の間に登録内容が変わりました。もう一度実行してください。' },
  'request-too-large': { en: 'Not done: the file is larger than 8 MB.', ja: '実行しませんでした。ファイルが 8 MB を超えています。' },
  'account-disabled': { en: 'Not done: the account is disabled. Enable it first: sekisho user enable USER', ja: '実行しませんでした。アカウントが停止中です。先に sekisho user enable USER を実行してください。' },
};

/** What is expected of a field, as the broker says it in English. */
const EXPECTED_JA: Readonly<Record<string, string>> = {
  'one that is not taken': 'まだ使われていないもの',
  'a name that no other desktop of the organisation has': '団体のほかのデスクトップが使っていない名前',
  'an address that no other desktop has: two desktops there would show one person the screen of another': 'ほかのデスクトップが使っていない接続先（同じ接続先を二つ登録すると、他人の画面が見えてしまいます）',
  'a name that no other pool of the organisation has': '団体のほかのプールが使っていない名前',
  'a pool of the organisation': '団体のプール',
  'a pool that everybody enters with the same log-in: a log-in is stored for this desktop': '共用ログインのプール（このデスクトップにはログイン情報が保存されています）',
  'shared: a log-in is stored for a desktop of it': 'shared（ログイン情報を保存したデスクトップがあります）',
  'a desktop on which no session is open or lives on': '接続中でも残存セッションもないデスクトップ',
  'a desktop that the person has left: their session is open': '利用者が離れたデスクトップ（接続がまだ続いています）',
  'an exclusive desktop has one session': '専有デスクトップのセッションは一つです',
  'a VNC desktop shows one screen to everybody: it is exclusive': 'VNC は全員に同じ画面を見せるため、専有にしてください',
  'a desktop of several sessions asks everybody for their own log-in': '複数セッションのデスクトップは、各自のログイン（--credentials ask）が必要です',
  'a host name or an address, without a port': 'ホスト名または IP アドレス（ポート番号は含めない）',
  'a port from 1 to 65535': '1 から 65535 までのポート番号',
  'rdp or vnc': 'rdp または vnc',
  'letters, digits and . _ @ + - only': '文字、数字と . _ @ + - だけ',
  'no control characters': '制御文字を含まない文字列',
  '1 to 500 characters': '1 から 500 文字まで',
  'a day such as 2026-11-24': '2026-11-24 の形の日付',
  'not before from': '--from 以降の日付',
  'at most 62 days': '62 日以内',
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
