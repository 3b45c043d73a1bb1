import { Refusal, type Code } from '../port.ts';

/** @param wait in seconds; Infinity where no time will help */
export function tooManyAttempts(wait: number): Refusal {
  return new Refusal('too-many-attempts', Number.isFinite(wait) ? { retryAfterSeconds: Math.ceil(wait) } : {});
}

/**
 * For a transaction whose refusal has to be remembered: it returns the refusal, so that it commits, and this throws it.
 */
export function orThrow<Result>(result: Result | Refusal): Result {
  if (result instanceof Refusal) throw result;
  return result;
}

export const refusal = (code: Code): Refusal => new Refusal(code);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Throws `not-found` for text that can name nothing. */
export function assertId(id: string): void {
  if (!UUID.test(id)) throw refusal('not-found');
}
