import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The project's own Node.js; there once the npm packages are installed. */
export const projectNode = join(root, 'node_modules', '.bin', 'node');
