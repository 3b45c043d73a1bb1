import type { DirectoryDeps } from '../identity/directory/deps.ts';
import { placeOf } from '../identity/origin.ts';
import type { ImportsDeps } from '../imports/apply-deps.ts';
import type { PolicySource } from '../policy/index.ts';
import type { RequestOrigin, SignedIn } from '../port.ts';

export type PeopleDeps = ImportsDeps & {
  readonly rules: PolicySource;
  /** Throws `step-up-required` where the second factor was not proved lately. */
  readonly requireFreshFactor: (person: SignedIn) => Promise<void>;
};

/** Who asks for a change, and from where. */
export type By = { readonly person: SignedIn; readonly origin: RequestOrigin };

/** The directory's dependencies in this person's name. */
export function inNameOf(deps: PeopleDeps, { person: { personId, signInId }, origin }: By): DirectoryDeps {
  return { ...deps, actor: { kind: 'person', personId, signInId }, address: placeOf(origin).address };
}
