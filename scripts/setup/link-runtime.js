// Runs after `npm ci`, on whatever Node the machine has (18 or newer), so it is plain JavaScript.
//
// The product's own Node.js is an optional dependency for each architecture. npm 9 and 10 link neither of them to
// `.bin/node` when both are in the lock file, and then everything would run silently on the machine's older Node.
import { existsSync, lstatSync, rmSync, symlinkSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const name = `node-${process.platform}-${process.arch}`;
const binary = join(root, 'node_modules', name, 'bin', 'node');
const link = join(root, 'node_modules', '.bin', 'node');

if (!existsSync(binary)) {
  // Where no packaged runtime exists (a container image that brings its own Node), the machine's Node must do;
  // the gateway checks its version when it starts.
  console.error(`sekisho: no packaged Node.js runtime for ${process.platform}-${process.arch}; the machine's own is used`);
} else {
  mkdirSync(dirname(link), { recursive: true });
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link);
  symlinkSync(join('..', name, 'bin', 'node'), link);
}
