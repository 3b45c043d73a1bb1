import { readPolicy, readPolicyFiles, type Policy } from '../../broker/policy/index.ts';
import type { Language } from '../../broker/port.ts';
import { CannotBeDone } from '../errors.ts';

/** The policy of a directory, for commands that try it. @throws CannotBeDone naming what is wrong with it, with file and line */
export async function policyOf(directory: string, language: Language): Promise<Policy> {
  try {
    return readPolicy(await readPolicyFiles(directory), directory);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CannotBeDone({ en: `Not done: there is no policy that can be read.\n${why}`, ja: `実行しませんでした。ポリシーを読めません。\n${why}` }[language], { cause });
  }
}
