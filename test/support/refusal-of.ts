import { Refusal } from '../../broker/port.ts';

/** What a call was refused with; undefined where it was not. Anything else thrown is thrown on. */
export async function refusalFrom(work: Promise<unknown>): Promise<Refusal | undefined> {
  const error: unknown = await work.then(() => undefined, (error: unknown) => error);
  if (error !== undefined && !(error instanceof Refusal)) throw error;
  return error;
}

/** The reasons of a decision, or the code where it was none; empty where the call was not refused. */
export async function reasonsFrom(work: Promise<unknown>): Promise<readonly string[]> {
  const refusal = await refusalFrom(work);
  return refusal === undefined ? [] : (refusal.details.reasons ?? [refusal.code]);
}
