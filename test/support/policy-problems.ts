import type { PolicyFileName } from '../../broker/policy/documents/index.ts';
import { PolicyError, type PolicyProblem } from '../../broker/policy/problem.ts';
import { readPolicy } from '../../broker/policy/read.ts';
import { shippedTexts } from './policy.ts';

export const shipped = await shippedTexts();
export const bytes = (texts: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]));

/** What is wrong with the shipped files once these are put in their places. */
export function problemsOf(changed: Readonly<Record<string, string>>): readonly PolicyProblem[] {
  try {
    readPolicy(bytes({ ...shipped, ...changed }));
  } catch (error) {
    if (error instanceof PolicyError) return error.problems;
    throw error;
  }
  return [];
}

/** A shipped file with one place changed, and the number of that place's line. */
export function changed(file: PolicyFileName, from: string, to: string): [Record<string, string>, number] {
  if (!shipped[file].includes(from)) throw new Error(`${file} does not say ${JSON.stringify(from)}`);
  return [{ [file]: shipped[file].replace(from, to) }, shipped[file].slice(0, shipped[file].indexOf(from)).split('\n').length];
}
