/** How many digits a bypass code has. */
export const bypassLength = 10;

/** The digits of what was typed or pasted, half or full width; more than there are in a code are kept, so that a slip shows. */
export function bypassDigits(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/[^0-9]/gu, '');
}
