import { Refusal } from '../../port.ts';

const UNIQUE_VIOLATION = '23505';
const INTEGRITY_VIOLATION = '23000';

/** Runs work that grants roles. Throws `roles-incompatible` where the database refuses a pair that one person must not hold. */
export async function incompatibleAsRefusal<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code, constraint } = error as { code?: unknown; constraint?: unknown };
    if (code !== INTEGRITY_VIOLATION || constraint !== 'role_grant_is_compatible') throw error;
    throw new Refusal('roles-incompatible', {}, { cause: error });
  }
}

/** Runs work that gives a name. Throws `conflict` when it is taken. */
export async function takenAsRefusal<Result>(field: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    throw new Refusal('conflict', { fields: [{ path: field, expected: 'one that is not taken' }] }, { cause: error });
  }
}
