/**
 * Numbered steps on standard output, each with the seconds since the start.
 *
 * @param {number} total how many steps there will be
 */
export function createProgress(total) {
  const started = Date.now();
  let number = 0;
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  return {
    /** Begins the next step. */
    step: (/** @type {string} */ name) => console.log(`[${++number}/${total}] ${name} (${seconds()})`),
    /** A line within the step. */
    say: (/** @type {string} */ line) => console.log(`      ${line} (${seconds()})`),
  };
}

/** @typedef {ReturnType<typeof createProgress>} Progress */

/** What stops the set-up in a way that the person can do something about: its message says what. */
export class SetUpError extends Error {}

/** Runs the set-up and ends the process where it cannot go on. */
export async function orExit(/** @type {() => Promise<unknown>} */ work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof SetUpError ? `\n${error.message}\n` : error);
    process.exit(1);
  }
}
