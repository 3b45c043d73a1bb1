import { Refusal } from '../port.ts';

/** PostgreSQL's integrity_constraint_violation, foreign_key_violation, unique_violation, check_violation. */
const VIOLATIONS = new Set(['23000', '23503', '23505', '23514']);

/** What was right when it was read and is refused by the database now has been overtaken by somebody else's change. */
export async function outOfDateAsRefusal<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!VIOLATIONS.has(String((error as { code?: unknown }).code))) throw error;
    throw new Refusal('import-out-of-date', {}, { cause: error });
  }
}
