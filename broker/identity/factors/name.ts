import { Refusal } from '../../port.ts';

const LONGEST = 60;

/** What a person calls a factor of theirs: the one on the tablet at home. Throws `request-invalid`. */
export function readFactorName(typed: string): string {
  const name = typed.length > 4 * LONGEST ? '' : typed.normalize('NFC').trim();
  const printable = name.isWellFormed() && !/\p{Cc}/u.test(name);
  if (name === '' || !printable || [...name].length > LONGEST) throw new Refusal('request-invalid', { fields: [{ path: 'name', expected: `1 to ${LONGEST} characters` }] });
  return name;
}
