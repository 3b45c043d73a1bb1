/** X11 keysyms (keysymdef.h) of the keys that the tool bar offers and the Japanese keyboard has. */
export const keysyms = {
  control: 0xffe3,
  alt: 0xffe9,
  shift: 0xffe1,
  windows: 0xffeb,
  delete: 0xffff,
  escape: 0xff1b,
  tab: 0xff09,
  printScreen: 0xff61,
  f4: 0xffc1,
  zenkakuHankaku: 0xff2a,
  henkan: 0xff23,
  muhenkan: 0xff22,
  hiraganaKatakana: 0xff27,
  eisu: 0xff30,
  yen: 0xa5,
  backslash: 0x5c,
  underscore: 0x5f,
} as const;

type Pressed = { readonly key: string; readonly code: string };

/**
 * Keys of a Japanese keyboard that guacamole-common-js 1.5 leaves out or takes for another (it sends 変換 as Kanji and
 * ignores 無変換), by where they are on the keyboard (UI Events KeyboardEvent code Values) and else by name. Browsers do
 * not report their release reliably, so each is to be sent as one stroke. Undefined for every other key.
 */
export function japaneseKeysym({ key, code }: Pressed): number | undefined {
  return byName.get(key) ?? (byPlace.has(code) && !isLetter(key) ? byPlace.get(code) : undefined);
}

const byPlace = new Map<string, number>([
  ['Convert', keysyms.henkan],
  ['NonConvert', keysyms.muhenkan],
  ['KanaMode', keysyms.hiraganaKatakana],
  ['Lang1', keysyms.hiraganaKatakana],
  ['Lang2', keysyms.eisu],
]);
const byName = new Map<string, number>([
  ['Zenkaku', keysyms.zenkakuHankaku],
  ['Hankaku', keysyms.zenkakuHankaku],
  ['ZenkakuHankaku', keysyms.zenkakuHankaku],
  ['KanjiMode', keysyms.zenkakuHankaku],
  ['Convert', keysyms.henkan],
  ['NonConvert', keysyms.muhenkan],
  ['HiraganaKatakana', keysyms.hiraganaKatakana],
  ['Hiragana', keysyms.hiraganaKatakana],
  ['Katakana', keysyms.hiraganaKatakana],
  ['Alphanumeric', keysyms.eisu],
  ['Eisu', keysyms.eisu],
]);

function isLetter(key: string): boolean {
  return [...key].length === 1;
}

/** Keysym of a letter (X11: Latin-1 as is, every other code point with 0x01000000 added); Return and Tab for their controls. */
export function keysymOfLetter(letter: string): number | undefined {
  if (letter === '\n' || letter === '\r') return 0xff0d;
  if (letter === '\t') return keysyms.tab;
  const point = letter.codePointAt(0);
  if (point === undefined || point < 0x20 || (point >= 0x7f && point < 0xa0)) return undefined;
  return point <= 0xff ? point : 0x0100_0000 | point;
}
