import type { Trail } from '../audit/index.ts';
import type { Clock, Ids, Log } from '../environment.ts';
import type { PolicySource } from '../policy/index.ts';
import type { SignedIn } from '../port.ts';
import type { Connection, Database } from '../store/index.ts';

/** The database's own time, which every process has in common. */
export type DatabaseTime = (connection: Connection) => Promise<Date>;

export type ContinuityDeps = {
  readonly database: Database;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly policy: PolicySource;
  readonly log: Pick<Log, 'error'>;
  /** What this process's clock is held against. */
  readonly databaseTime: DatabaseTime;
};

/** As the audit trail names a person. */
export const actorOf = ({ personId, signInId }: SignedIn) => ({ kind: 'person', personId, signInId }) as const;
