import { createCheckpointer, createNotes, createTrail, createTrailPort, events, type Actor, type Signer, type Trail } from './audit/index.ts';
import { createDesktops, createDesktopsAdmin, createReachability, openCredentials, type DesktopsAdmin } from './desktops/index.ts';
import { randomIds, systemClock, type Clock, type Ids, type Log } from './environment.ts';
import { createDirectory, createPasswords, createSignIns, createSignInUpkeep, SIGN_IN_POLICY, type Directory, type SignInPolicy, type SignInsDeps } from './identity/index.ts';
import { createAskedCredentials, createEndLeasesOf, createEndNotices, createHeartbeat, createLeases, createSweeper, type Carried } from './leases/index.ts';
import { createPolicySource } from './policy/index.ts';
import type { Broker } from './port.ts';
import { createRepeater } from './repeater.ts';
import type { SecretBox } from './secret-box.ts';
import { isMigrated, migrateToLatest, openDatabase, type Database } from './store/index.ts';

export type { Broker } from './port.ts';

export type AdministrationOptions = {
  /** A PostgreSQL URL, or one that names a Unix socket's directory as `host`. */
  readonly connectionString: string;
  readonly secretBox: SecretBox;
  readonly log: Log;
  /** In whose name the audit trail records what is done. */
  readonly actor: Actor;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly signInPolicy?: SignInPolicy;
};

/** What the command line does: people, desktops, duties. Runs beside any number of gateways. */
export type Administration = {
  readonly directory: Directory;
  readonly desktops: DesktopsAdmin;
  readonly trail: Trail;
  close(): Promise<void>;
};

export type BrokerOptions = Omit<AdministrationOptions, 'actor'> & {
  readonly signer: Signer;
  /** Signed heads of the audit trail, outside the database and one for each gateway. */
  readonly headsFile: string;
  readonly policyDirectory: string;
  /** Of this program, for the audit trail. */
  readonly version: string;
};

/** How often sign-ins that are over are ended and counted refusals told, in milliseconds. */
const UPKEEP = 2_000;
/** How often what nobody needs any more is cleared away, in milliseconds. */
const CLEARING = 60 * 60_000;

/** Opens the database, brings it to this program's version and gives what an administrator may do there. */
export async function openAdministration(options: AdministrationOptions): Promise<Administration> {
  const { database, identity, trail, clock, ids, endLeasesOf } = await openFoundation(options);
  return {
    directory: createDirectory({ ...identity, actor: options.actor }),
    desktops: createDesktopsAdmin({ database, trail, clock, ids, secretBox: options.secretBox, endLeasesOf }),
    trail,
    close: () => database.destroy(),
  };
}

/** The whole decision point with what it does by itself: ending what is over, signing the trail, hearing of other processes. */
export async function createBroker(options: BrokerOptions): Promise<Broker & { readonly directory: Directory }> {
  const { connectionString, secretBox, signer, headsFile, policyDirectory, version, log } = options;
  const foundation = await openFoundation(options);
  const { database, identity, trail, clock, ids, endLeasesOf } = foundation;
  const gatewayId = ids.uuid();
  const notes = createNotes({ database, trail, log });
  const checkpointer = createCheckpointer({ database, trail, signer, clock, log, headsFile, gateway: gatewayId });
  const policy = createPolicySource({ directory: policyDirectory, log });
  const carried: Carried = new Map();
  const asked = createAskedCredentials({ clock });
  const heartbeat = createHeartbeat({ database, gatewayId, log });
  const sweeper = createSweeper({ database, trail, clock, policy, log });
  const endNotices = createEndNotices({ database, connectionString, carried, log });
  const upkeep = createSignInUpkeep(identity);
  const repeaters = [
    createRepeater({ every: UPKEEP, work: upkeep.run, name: 'sign-ins could not be kept up', log }),
    createRepeater({ every: CLEARING, work: upkeep.clear, name: 'old sign-ins could not be cleared away', log }),
    createRepeater({ every: UPKEEP, work: async () => asked.tidy(), name: 'credentials could not be forgotten', log }),
  ];

  try {
    await checkpointer.start();
    await heartbeat.start();
  } catch (error) {
    await database.destroy();
    throw error;
  }
  await notes.note(events.gatewayStarted({ actor: { kind: 'system' }, gateway: gatewayId, version }));
  sweeper.start();
  endNotices.start();
  for (const repeater of repeaters) repeater.start();

  return {
    directory: createDirectory({ ...identity, actor: { kind: 'system' } }),
    signIns: createSignIns(identity),
    desktops: createDesktops({ database, reachability: createReachability({ clock }) }),
    leases: createLeases({ database, trail, clock, ids, policy, openCredentials: (id, sealed) => openCredentials(secretBox, id, sealed), asked, endLeasesOf, carried, gatewayId, log }),
    trail: createTrailPort({ database, trail, log }),
    ready: () => isMigrated(database).catch(() => false),
    onLeaseEnded: (listener) => endNotices.on(listener),
    async close() {
      await Promise.all([...repeaters.map((repeater) => repeater.stop()), sweeper.stop(), endNotices.stop(), heartbeat.stop()]);
      await notes.note(events.gatewayStopped({ actor: { kind: 'system' }, gateway: gatewayId, why: 'asked-to-stop' }));
      await checkpointer.stop();
      await database.destroy();
    },
  };
}

type Foundation = {
  readonly database: Database;
  readonly identity: SignInsDeps;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly endLeasesOf: ReturnType<typeof createEndLeasesOf>;
};

async function openFoundation(options: Omit<AdministrationOptions, 'actor'>): Promise<Foundation> {
  const { connectionString, secretBox, log, clock = systemClock, ids = randomIds, signInPolicy = SIGN_IN_POLICY } = options;
  const passwords = createPasswords({ policy: signInPolicy });
  const database = openDatabase({ connectionString, onIdleError: (error) => log.warn('a connection to the database broke', { error }) });
  try {
    await migrateToLatest(database);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  const trail = createTrail({ clock, ids });
  const endLeasesOf = createEndLeasesOf({ trail, clock });
  return { database, trail, clock, ids, endLeasesOf, identity: { database, trail, clock, ids, secretBox, passwords, policy: signInPolicy, endLeasesOf } };
}
