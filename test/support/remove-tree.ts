import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes a directory and everything in it, also what its owner made unwritable. */
export async function removeTree(directory: string): Promise<void> {
  await makeRemovable(directory);
  await rm(directory, { recursive: true, force: true });
}

async function makeRemovable(directory: string): Promise<void> {
  await chmod(directory, 0o700);
  for (const entry of await readdir(directory, { withFileTypes: true })) if (entry.isDirectory()) await makeRemovable(join(directory, entry.name));
}
