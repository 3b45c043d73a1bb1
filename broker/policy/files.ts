import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { POLICY_FILES } from './documents/index.ts';
import { PolicyError } from './problem.ts';
import { LARGEST_FILE } from './yaml.ts';

/** Bytes by name of file. What the directory has in other forms, such as schemas and cases, is not there. */
export type PolicyFiles = Readonly<Record<string, Buffer>>;

/** @throws Error where the directory or a file of it cannot be read; PolicyError for one that is no file, or too large to be read at all */
export async function readPolicyFiles(directory: string): Promise<PolicyFiles> {
  const names = await namesIn(directory);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readOne(join(directory, name))] as const)));
}

/** A pipe or a device would never end. */
async function readOne(file: string): Promise<Buffer> {
  const found = await stat(file);
  if (!found.isFile() || found.size > LARGEST_FILE) throw new PolicyError([{ file, line: 1, column: 1, cause: found.isFile() ? `larger than ${LARGEST_FILE} bytes` : 'no file that can be read' }]);
  return readFile(file);
}

/** Changes with whatever changes a file of the policy, adds one or takes one away. */
export async function stampOf(directory: string): Promise<string> {
  const names = await namesIn(directory).catch(() => undefined);
  if (names === undefined) return 'absent';
  const stamps = names.map(async (name) => {
    const found = await stat(join(directory, name), { bigint: true }).catch(() => undefined);
    return found === undefined ? `${name} absent` : `${name} ${found.ino}:${found.size}:${found.mtimeNs}:${found.ctimeNs}`;
  });
  return (await Promise.all(stamps)).join('\n');
}

/** Those of the policy, and any other YAML file beside them: the reader refuses one that it does not know. */
async function namesIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.') && (/\.ya?ml$/.test(entry.name) || POLICY_FILES.some((name) => name === entry.name)))
    .map(({ name }) => name)
    .sort();
}
