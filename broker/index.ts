import { createCheckpointer, createNotes, createTrail, createTrailPort, events, type Actor, type Signer } from './audit/index.ts';
import { authorise } from './authorization/index.ts';
import { createBoards } from './board/index.ts';
import { createBypasses } from './bypass/index.ts';
import { createChanges } from './changes/index.ts';
import { createContinuity, createLevelClock, databaseTime, type DatabaseTime } from './continuity/index.ts';
import { createDesktopAdministration, createDesktops, createDesktopsAdmin, createReachability, openCredentials, type DesktopsAdmin } from './desktops/index.ts';
import { createDevices, standsProof } from './devices/index.ts';
import { createDrillClock, createDrills, createShadows } from './drills/index.ts';
import { createDelegationUpkeep, createDuties } from './duties/index.ts';
import { createExceptions } from './exceptions/index.ts';
import { randomIds, systemClock, type Clock, type Ids, type Log } from './environment.ts';
import { createDirectory, createFactors, createLimitRules, createLocalSignIn, createPasskeys, createPasswords, createProviders, createRegistry, createServerClock, createSignInUpkeep, createSignIns, createThrottle, FRESH_FACTOR_SECONDS, requireFreshFactor, SIGN_IN_POLICY, systemTimeSource, tellClock, type Directory, type RegistryDeps, type SignInPolicy, type TimeSourceState } from './identity/index.ts';
import { createAskedCredentials, createEndLeasesOf, createEndNotices, createHeartbeat, createLeases, createReconcile, createReleaseAgain, createReview, createSweeper, type Carried, type Claiming, type Unreleased } from './leases/index.ts';
import { createOversight } from './oversight/index.ts';
import { createPhaseClock, createPhases } from './phases/index.ts';
import { createFactorsOfPeople, createPeople, createTermUpkeep } from './people/index.ts';
import { createPolicySource, createPolicyView, createIsListed, createSitesOf, recordVersion, type Policy, type PolicyFiles } from './policy/index.ts';
import type { Broker as Port, SignedIn } from './port.ts';
import type { SecretBox } from './secret-box.ts';
import { inTransaction, isMigrated, migrateToLatest, openDatabase } from './store/index.ts';
import { createSuccession } from './succession/index.ts';
import { createSoon } from './soon.ts';
import { createTasks } from './tasks.ts';
import { createTelework } from './telework/index.ts';
import { createDistribution, createOutlooks, createPlaces } from './waiting/index.ts';

export type BrokerDeps = {
  /** A PostgreSQL URL. */
  readonly connectionString: string;
  /** Connections to the database besides the one that listens; 10 unless said otherwise. */
  readonly connections?: number;
  readonly secretBox: SecretBox;
  /** Signs the audit trail's checkpoints. */
  readonly auditSigner: Signer;
  /** Kept outside the database; one a process. */
  readonly headsFile: string;
  /** Where access.yaml and the other files of the policy are. Without a policy that can be read, the broker starts and refuses every request. */
  readonly policyDirectory: string;
  /** Of this program, for the audit trail. */
  readonly version: string;
  readonly log: Log;
  readonly clock?: Clock;
  /** What the clock is held against before levels are written; the database's own time unless said otherwise. */
  readonly databaseTime?: DatabaseTime;
  /** What people type to reach the system; passkeys are made for it. Without one there are none. */
  readonly publicOrigin?: () => string;
  /** Milliseconds of a clock that nobody sets, and what the machine's time service says; the machine's own unless said otherwise. */
  readonly monotonic?: () => number;
  readonly timeSource?: () => Promise<TimeSourceState>;
  readonly ids?: Ids;
  readonly signInPolicy?: SignInPolicy;
  /** What is secret, and of this machine, about identity providers; without it none has a client secret. */
  readonly identityProviders?: Pick<RegistryDeps, 'secretOf' | 'ca'>;
  /** In whose name the directory is changed; the product itself unless said otherwise. */
  readonly actor?: Actor;
};

/** The policy decision point, and what sets up the organisations that it decides for. */
export type Broker = Port & { readonly directory: Directory; readonly desktopsAdmin: DesktopsAdmin };

/** A database that has not answered by then is taken for absent. */
const READY_SECONDS = 3;

/**
 * Brings the database up to date and starts to decide. Any number of processes may run one on the same database.
 * @throws Error where the database does not answer, a migration fails, or the trail cannot be signed; nothing goes on running then
 */
export async function createBroker(deps: BrokerDeps): Promise<Broker> {
  const { connectionString, connections = 10, secretBox, log, clock = systemClock, ids = randomIds, signInPolicy = SIGN_IN_POLICY, actor = { kind: 'system' } } = deps;
  const onIdleError = (error: Error) => log.warn('a connection to the database broke', { error });
  const database = openDatabase({ connectionString, connections, onIdleError });
  const gatewayId = ids.uuid();
  const trail = createTrail({ clock, ids });
  const endLeasesOf = createEndLeasesOf({ trail, clock });
  const recordLoaded = (policy: Policy, files: PolicyFiles) =>
    inTransaction(database, async (transaction) => {
      await recordVersion(transaction, policy, files, clock.now());
      await trail.append(transaction, events.policyLoaded({ actor: { kind: 'system' }, version: policy.version }));
    });
  const policy = createPolicySource({ directory: deps.policyDirectory, onLoaded: recordLoaded, log });
  const carried: Carried = new Map();
  const claiming: Claiming = new Set();
  const unreleased: Unreleased = new Map();
  const asked = createAskedCredentials({ clock });
  const changes = createChanges({ connectionString, log });
  const notices = createEndNotices({ database, trail, clock, connectionString, carried, gatewayId, log });
  const registry = createRegistry({ clock, log, secretOf: () => Promise.resolve(undefined), ...deps.identityProviders });
  const localSignIn = createLocalSignIn({ rules: policy, registry, trail, clock });
  const limitRules = createLimitRules(policy);
  const signInDeps = { database, trail, clock, ids, secretBox, passwords: createPasswords({ policy: signInPolicy }), policy: signInPolicy, endLeasesOf, localSignIn, limitRules };
  const { note } = createNotes({ database, trail, log });
  const serverClock = createServerClock({
    clock,
    // A clock that was handed in is moved at will, as days pass in a test or a drill.
    ...(clock !== systemClock && deps.monotonic === undefined && { monotonic: () => clock.now().getTime() }),
    ...(deps.monotonic && { monotonic: deps.monotonic }),
    databaseTime: () => (deps.databaseTime ?? (clock === systemClock ? databaseTime : async () => clock.now()))(database),
    timeSource: deps.timeSource ?? systemTimeSource,
    aloneFor: async () => (await policy.current())?.secondFactors?.clockAlone,
    onChange: tellClock({ note, log }),
  });
  const factorDeps = {
    ...signInDeps,
    serverClock,
    publicOrigin: deps.publicOrigin ?? (() => ''),
    freshFactor: async () => (await policy.current())?.durations.freshFactor ?? FRESH_FACTOR_SECONDS,
    secondFactors: async () => (await policy.current())?.secondFactors,
    policyInForce: () => policy.current(),
  };
  const peopleDeps = { ...signInDeps, rules: policy, requireFreshFactor: async (person: SignedIn) => requireFreshFactor(person, await policy.current(), clock) };
  const releaseAgain = createReleaseAgain({ database, trail, clock, policy, unreleased, log });
  const reconcile = createReconcile({ database, trail, clock, policy, carried, claiming, unreleased, gatewayId });
  const heartbeat = createHeartbeat({ database, gatewayId });
  const sweeper = createSweeper({ database, trail, clock, policy });
  const review = createReview({ database, trail, clock, policy, endLeasesOf });
  const reachability = createReachability({ clock });
  const desktopsDeps = { database, trail, clock, ids, secretBox, endLeasesOf };
  const phaseClock = createPhaseClock({ database, trail, clock, policy, log });
  const continuityDeps = { database, trail, clock, ids, policy, log, databaseTime: deps.databaseTime ?? databaseTime };
  const levelClock = createLevelClock(continuityDeps);
  const upkeep = createSignInUpkeep(signInDeps);
  const termUpkeep = createTermUpkeep({ database, trail, clock, policy, endLeasesOf, log });
  const delegationUpkeep = createDelegationUpkeep({ database, trail, clock, endLeasesOf, log });
  const distribution = createDistribution({ database, trail, clock, ids, policy });
  const distribute = createSoon(() => distribution.run(), (error) => log.error('seats could not be given out and will be tried again', { error }));
  const outlooks = createOutlooks(database);
  const drillsDeps = { database, trail, clock, ids, policy, shadows: createShadows() };
  const drillClock = createDrillClock(drillsDeps);
  const checkpointer = createCheckpointer({ database, trail, signer: deps.auditSigner, clock, log, headsFile: deps.headsFile, gateway: gatewayId });
  const tasks = createTasks({
    log,
    tasks: [
      { name: 'heartbeat', everySeconds: 1, run: () => heartbeat.beat() },
      { name: 'sweep of leases', everySeconds: 1, run: () => sweeper.sweep() },
      { name: 'clock of levels', everySeconds: 1, run: () => levelClock.run() },
      { name: 'phase clock', everySeconds: 2, run: () => phaseClock.run() },
      { name: 'review of leases', everySeconds: 1, run: () => review.run() },
      { name: 'distribution of seats', everySeconds: 1, run: () => distribute.now() },
      { name: 'clock of drills', everySeconds: 5, run: () => drillClock.run() },
      { name: 'look at carried leases', everySeconds: 2, run: () => notices.look() },
      { name: 'relays that could not be released', everySeconds: 1, run: () => releaseAgain() },
      { name: 'leases that no relay carries', everySeconds: 2, run: () => reconcile() },
      { name: 'end of accounts', everySeconds: 1, run: () => termUpkeep.run() },
      { name: 'end of delegations', everySeconds: 1, run: () => delegationUpkeep.run() },
      { name: 'look at the clock', everySeconds: 5, run: () => serverClock.look() },
      { name: 'limits of sign-ins', everySeconds: 1, run: () => upkeep.limits() },
      { name: 'upkeep of sign-ins', everySeconds: 2, run: () => upkeep.run() },
      { name: 'clearing of sign-ins', everySeconds: 3_600, run: () => upkeep.clear() },
      { name: 'clearing of credentials', everySeconds: 10, run: () => asked.tidy() },
    ],
  });

  try {
    await migratePatiently(connectionString, onIdleError);
    await heartbeat.beat();
    await checkpointer.start();
    await limitRules.look();
    await levelClock.run();
  } catch (error) {
    await checkpointer.stop();
    await database.destroy();
    throw error;
  }
  await note(events.gatewayStarted({ actor: { kind: 'system' }, gateway: gatewayId, version: deps.version }));
  tasks.start();
  notices.start();
  changes.start();
  // What may have freed a seat, or brought somebody who is to have one.
  changes.on(({ topic }) => {
    if (topic === 'lease' || topic === 'waiting' || topic === 'level' || topic === 'policy') distribute.soon();
  });

  let closed: Promise<void> | undefined;
  const close = async () => {
    await tasks.stop();
    await distribute.stop();
    await notices.stop();
    await changes.stop();
    await releaseAgain();
    await heartbeat.leave().catch((error: unknown) => log.warn('this process could not say that it leaves', { error }));
    await note(events.gatewayStopped({ actor: { kind: 'system' }, gateway: gatewayId, why: 'asked-to-stop' }));
    await checkpointer.stop();
    await database.destroy();
  };
  return {
    signIns: createSignIns({ ...factorDeps, sitesOf: createSitesOf(policy), isListed: createIsListed(policy) }),
    providers: createProviders({ ...factorDeps, rules: policy, registry, log }),
    passkeys: createPasskeys(factorDeps),
    serverClock: (person) => (authorise(person, 'server-clock.view'), serverClock.state()),
    factors: { ...createFactors(factorDeps), ...createFactorsOfPeople(peopleDeps) },
    desktops: createDesktops({ database, clock, reachability }),
    leases: createLeases({ database, trail, clock, ids, policy, openCredentials: (desktopId, sealed) => openCredentials(secretBox, desktopId, sealed), asked, endLeasesOf, standsProof, carried, claiming, unreleased, gatewayId, log }),
    waiting: createPlaces({ database, trail, clock, policy, outlooks }),
    boards: createBoards({ database, clock, policy, outlooks }),
    drills: createDrills(drillsDeps),
    continuity: createContinuity(continuityDeps),
    people: createPeople(peopleDeps),
    duties: createDuties({ database, trail, clock, ids, policy, endLeasesOf }),
    succession: createSuccession(continuityDeps),
    exceptions: createExceptions({ ...continuityDeps, endLeasesOf }),
    bypasses: createBypasses({ ...signInDeps, ...continuityDeps, serverClock, ids, signInPolicy, throttle: createThrottle(signInPolicy.throttle) }),
    devices: createDevices({ ...continuityDeps, endLeasesOf }),
    oversight: createOversight({ database, trail, clock, ids, policy, endLeasesOf }),
    telework: createTelework({ database, trail, clock }),
    phases: createPhases({ database, clock, policy }),
    policy: createPolicyView({ database, policy }),
    trail: createTrailPort({ database, trail, log }),
    directory: createDirectory({ ...signInDeps, actor }),
    desktopsAdmin: createDesktopsAdmin(desktopsDeps),
    desktopAdministration: createDesktopAdministration({ ...desktopsDeps, reachability }),
    ready: () => Promise.race([isMigrated(database).catch(() => false), within(READY_SECONDS)]),
    onLeaseEnded: (listener) => notices.on(listener),
    onChanged: (listener) => changes.on(listener),
    close: () => (closed ??= close()),
  };
}

/** A migration may take its time, and so may the other process that is at it. */
async function migratePatiently(connectionString: string, onIdleError: (error: Error) => void): Promise<void> {
  const database = openDatabase({ connectionString, connections: 2, answerTimeout: 0, onIdleError });
  try {
    await migrateToLatest(database);
  } finally {
    await database.destroy();
  }
}

function within(seconds: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), seconds * 1000).unref());
}
