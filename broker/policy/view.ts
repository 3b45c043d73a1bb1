import { authorise } from '../authorization/index.ts';
import { Refusal, type PolicyView } from '../port.ts';
import type { Database } from '../store/index.ts';
import type { PolicySource } from './policy.ts';
import { readVersion } from './versions.ts';

/** The policy in force, for people to read. */
export function createPolicyView({ database, policy }: { readonly database: Database; readonly policy: PolicySource }): PolicyView {
  return {
    async inForce(person) {
      authorise(person, 'policy.view');
      const version = (await policy.current())?.version;
      const texts = version === undefined ? undefined : await readVersion(database, version);
      if (texts === undefined) throw new Refusal('policy-missing');
      return texts;
    },
  };
}
