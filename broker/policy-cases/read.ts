import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseYaml, PolicyError } from '../policy/index.ts';
import { CasesDocument, type Case } from './document.ts';

/** A case with the place where it stands. */
export type PlacedCase = { readonly file: string; readonly line: number; readonly one: Case };

/**
 * The cases of a policy directory: every YAML file in its folder `cases`; none where there is no such folder.
 * @throws PolicyError
 */
export async function readCases(directory: string): Promise<readonly PlacedCase[]> {
  const folder = join(directory, 'cases');
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.ya?ml$/.test(name)).sort();
  const files = await Promise.all(names.map(async (name) => ({ file: join(folder, name), parsed: parseYaml(await readFile(join(folder, name)), CasesDocument) })));
  const problems = files.flatMap(({ file, parsed }) => ('problems' in parsed ? parsed.problems.map((problem) => ({ file, ...problem })) : []));
  if (problems.length > 0) throw new PolicyError(problems);
  return files.flatMap(({ file, parsed }) => ('problems' in parsed ? [] : parsed.said.cases.map((one, index) => ({ file, line: parsed.at(['cases', index], '').line, one }))));
}
