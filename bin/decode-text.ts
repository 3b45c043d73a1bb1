/** Text of a file: UTF-8, with or without a byte order mark; otherwise Shift_JIS, as Excel in Japan saves it. Undefined for what is neither. */
export function decodeText(bytes: Uint8Array): string | undefined {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one may fit.
    }
  }
  return undefined;
}
