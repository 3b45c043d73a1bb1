export type Decoded = { readonly text: string; readonly encoding: 'utf-8' | 'shift_jis' };

/** Bytes of the longest file that is sent; the gateway takes no more than 8 MB, as JSON. */
export const longestFile = 7_000_000;

/** A CSV file's text: UTF-8 with or without a mark, else Shift_JIS as Excel in Japan writes it; undefined for what is neither. */
export function decode(bytes: Uint8Array): Decoded | undefined {
  for (const encoding of ['utf-8', 'shift_jis'] as const) {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
    } catch {
      // Not in this one.
    }
  }
  return undefined;
}
