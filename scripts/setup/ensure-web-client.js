// The built web client, made anew when its sources are newer than it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectNode, root } from './place.js';
import { SetUpError } from './progress.js';
import { heartbeat, run } from './run.js';

const source = join(root, 'web-client');
/** Written last, and removed by the next build at its start: it stands for a whole build of exactly these sources. */
const stamp = join(source, 'dist', '.sources');

/**
 * @param {import('./progress.js').Progress} progress
 * @throws {SetUpError} where it does not build
 */
export async function ensureWebClient(progress) {
  const sources = hashOfSources();
  const built = existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;
  progress.step(built ? 'web client: built' : 'web client: building');
  if (built) return;

  const stop = heartbeat(progress.say, () => 'building the web client');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, output } = await run([projectNode, vite, 'build', source, '--logLevel', 'warn'], { cwd: root });
  stop();
  if (code !== 0) throw new SetUpError(`The web client does not build:\n${output}`);
  writeFileSync(stamp, sources);
}

function hashOfSources() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  const skip = ['dist', 'node_modules'];
  const folders = readdirSync(source, { withFileTypes: true }).filter(({ name }) => !skip.includes(name));
  for (const file of folders.flatMap((entry) => filesIn(join(source, entry.name), entry.isDirectory())).sort()) {
    hash.update(`\0${file.slice(source.length)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @param {boolean} isDirectory
 * @returns {string[]}
 */
function filesIn(path, isDirectory) {
  if (!isDirectory) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => filesIn(join(path, entry.name), entry.isDirectory()));
}
