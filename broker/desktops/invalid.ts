import { Refusal } from '../port.ts';

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string; readonly code?: string; readonly keys?: readonly string[] };

/** Says which fields are wrong and what is expected there. */
export function invalidFields(issues: readonly Issue[]): Refusal {
  const fields = issues.flatMap(({ path, message, keys }) =>
    keys === undefined ? [{ path: path.join('.'), expected: message }] : keys.map((key) => ({ path: [...path, key].join('.'), expected: 'no such parameter may be set' })),
  );
  return new Refusal('request-invalid', { fields });
}
