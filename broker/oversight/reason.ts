import { invalid } from './asked.ts';

const LONGEST = 500;

/** Why somebody did it, as they typed it, without blanks around. @throws Refusal `request-invalid` */
export function readReason(typed: string): string {
  const reason = typed.normalize('NFC').trim();
  if (reason === '' || [...reason].length > LONGEST) throw invalid('reason', `1 to ${LONGEST} characters`);
  if (!reason.isWellFormed() || /[^\P{Cc}\n]/u.test(reason)) throw invalid('reason', 'no control characters and no broken ones');
  return reason;
}
