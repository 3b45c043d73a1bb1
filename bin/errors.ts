/** The command was called in a way that cannot be meant. `fix` is what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command was understood and cannot be done. The message says why and what to do. */
export class CannotBeDone extends Error {
  override readonly name = 'CannotBeDone';
}
