import type { Trail } from '../audit/index.ts';
import type { Clock, Ids } from '../environment.ts';
import type { PolicySource } from '../policy/index.ts';
import type { SignedIn } from '../port.ts';
import type { Database } from '../store/index.ts';

export type ContinuityDeps = {
  readonly database: Database;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly policy: PolicySource;
};

/** As the audit trail names a person. */
export const actorOf = ({ personId, signInId }: SignedIn) => ({ kind: 'person', personId, signInId }) as const;
