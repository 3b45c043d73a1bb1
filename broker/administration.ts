import { createTrail, type Actor, type Trail } from './audit/index.ts';
import { createLevelOperator, databaseTime, type LevelOperator } from './continuity/index.ts';
import { createDesktopsAdmin, type DesktopsAdmin } from './desktops/index.ts';
import { randomIds, systemClock, type Log } from './environment.ts';
import { createDirectory, createPasswords, SIGN_IN_POLICY, type Directory } from './identity/index.ts';
import { createImports, type Imports } from './imports/index.ts';
import { createEndLeasesOf } from './leases/index.ts';
import { explainRequest, type ExplainedRequest, type RegisteredRequest } from './leases/explain-request.ts';
import { createSessionRecords, readRecorded, type Recorded, type SessionRecords } from './oversight/index.ts';
import type { Policy, PolicySource } from './policy/index.ts';
import type { SecretBox } from './secret-box.ts';
import { migrateToLatest, openDatabase } from './store/index.ts';
import { createTeleworkRecords, type TeleworkRecords } from './telework/index.ts';

export type AdministrationDeps = {
  readonly connectionString: string;
  readonly secretBox: SecretBox;
  /** In whose name things are done. */
  readonly actor: Actor;
  readonly log: Pick<Log, 'warn'>;
};

/** What sets up organisations, people and desktops, for a program beside the gateways: it decides on no request and carries no session. */
export type Administration = { readonly directory: Directory; readonly desktopsAdmin: DesktopsAdmin; readonly imports: Imports; readonly trail: Trail; readonly sessions: SessionRecords; readonly telework: TeleworkRecords; levels(policy: PolicySource): LevelOperator; /** Changes nothing. */ explain(policy: Policy, request: RegisteredRequest): Promise<ExplainedRequest>; recorded(asked: { organisationId: string; from: Date; to: Date }): Promise<Recorded>; close(): Promise<void> };

/**
 * Brings the database up to date first.
 * @throws Error where the database does not answer or a migration fails
 */
export async function openAdministration({ connectionString, secretBox, actor, log }: AdministrationDeps): Promise<Administration> {
  const database = openDatabase({ connectionString, connections: 2, onIdleError: (error) => log.warn('a connection to the database broke', { error }) });
  try {
    await migrateToLatest(database);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  const clock = systemClock;
  const ids = randomIds;
  const trail = createTrail({ clock, ids });
  const endLeasesOf = createEndLeasesOf({ trail, clock });
  const shared = { database, trail, clock, ids, secretBox, endLeasesOf };
  const people = { ...shared, policy: SIGN_IN_POLICY, passwords: createPasswords({ policy: SIGN_IN_POLICY }) };
  return {
    directory: createDirectory({ ...people, actor }),
    imports: createImports(people),
    desktopsAdmin: createDesktopsAdmin(shared),
    trail,
    sessions: createSessionRecords({ ...shared, actor }),
    telework: createTeleworkRecords({ ...shared, actor }),
    explain: (policy, request) => explainRequest(database, policy, request, clock.now()),
    recorded: (asked) => readRecorded(database, asked),
    levels: (policy) => createLevelOperator({ ...shared, actor, policy, databaseTime }),
    close: () => database.destroy(),
  };
}
