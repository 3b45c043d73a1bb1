/** The composition root: the only place of the gateway that knows the broker by more than its port. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Express } from 'express';
import { readSigner, writeSigningKey } from '../broker/audit/index.ts';
import { systemClock, type Clock } from '../broker/environment.ts';
import { createBroker, type Broker } from '../broker/index.ts';
import { readSecretBox } from '../broker/secret-box.ts';
import { startEmbeddedPostgres } from '../broker/store/embedded-postgres.ts';
import { createApp } from './app.ts';
import { createAuthenticator } from './auth/authenticate.ts';
import { readCertificate } from './certificate.ts';
import type { Config } from './config.ts';
import { createRelayUpgrade } from './http/relay-upgrade.ts';
import type { Route } from './http/route.ts';
import type { RouteDeps } from './http/run-route.ts';
import { prepareKeys } from './keys.ts';
import { createListener } from './listener.ts';
import type { Log } from './log/index.ts';
import { certificateNotice, firstAdministratorNotice, keyNotice } from './notices.ts';
import { runProgram } from './program.ts';
import { providerSecrets } from './provider-secrets.ts';
import { createRealtime, isLive, type Realtime } from './realtime/index.ts';
import { createGuacdHealth } from './guacd-health.ts';
import { portAccepts } from './http/desktop-port.ts';
import { relayFleet, type FleetMember, type RelayFleet } from './relay-fleet.ts';
import { createRelay, type GuacdAddress, type RelayLimits } from './relay/index.ts';

const ROOT = join(import.meta.dirname, '..');
/** How long what is under way may take to finish at a stop, in milliseconds. */
const PATIENCE = 3_000;

export type Gateway = {
  /** Where it is reached, without a slash at its end. */
  readonly origin: string;
  /** For whoever watches the start. The first administrator's link is among them: it is a secret. */
  readonly notices: readonly string[];
  readonly app: Express;
  readonly routes: readonly Route[];
  readonly broker: Broker;
  readonly relay: RelayFleet;
  readonly realtime: Realtime;
  /** Ends sessions with a status, then everything else. Safe to call twice. */
  stop(): Promise<void>;
};

/** What a test may put in the place of the real thing. No setting reaches these. */
export type Overrides = {
  readonly clock?: Clock;
  /** Milliseconds of a clock that goes on evenly while `clock` is set. */
  readonly monotonic?: () => number;
  readonly relayLimits?: Partial<RelayLimits>;
  /** guacd parameters over the secure ones, to prove that the channel guard alone also holds. */
  readonly relayForcedParameters?: Readonly<Record<string, string>>;
  /** Folder of the development CA. */
  readonly certificates?: string;
  /** Folder of the built web client. */
  readonly pages?: string;
};

export type GatewayOptions = { readonly config: Config; readonly log: Log; readonly overrides?: Overrides };

/** Starts the whole product in this process. What was begun is ended again where a later step fails. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const begun = new AsyncDisposableStack();
  try {
    return await compose(options, begun);
  } catch (error) {
    await begun.disposeAsync();
    throw error;
  }
}

async function compose({ config, log, overrides = {} }: GatewayOptions, begun: AsyncDisposableStack): Promise<Gateway> {
  const clock = overrides.clock ?? systemClock;
  const notices: string[] = [];
  await prepareKeys({ config, writeSigningKey, made: (what, file) => notices.push(keyNotice(what, file)) });
  const certificates = overrides.certificates ?? join(ROOT, 'certs');
  const certificate = await readCertificate({ config, directory: certificates, now: clock.now() });
  if (!config.tls) notices.push(certificateNotice(certificates));
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };

  let origin = config.publicOrigin;
  const broker = await createBroker({
    connectionString: config.databaseUrl ?? (await startOwnDatabase(config, log, begun)),
    secretBox: await readSecretBox(config.secretKey.path),
    auditSigner: await readSigner(config.auditKey.path),
    headsFile: config.auditHeadsFile,
    policyDirectory: config.policyDirectory,
    identityProviders: await providerSecrets(config),
    version,
    clock,
    publicOrigin: () => origin ?? '',
    // A clock of its own, such as a test's, is not that of any database.
    ...(overrides.clock && { databaseTime: () => Promise.resolve(clock.now()) }),
    ...(overrides.monotonic && { monotonic: overrides.monotonic }),
    log,
  });
  begun.defer(() => broker.close());

  const routeDeps: RouteDeps = { authenticator: createAuthenticator(broker), trustedProxies: config.trustedProxies, publicOrigin: () => origin ?? '', log, clock };
  const relay = await createFleet(config, { clock, log, overrides });
  const relayUpgrade = createRelayUpgrade({ ...routeDeps, broker, relay });
  const realtime = createRealtime({ ...routeDeps, broker });
  const { app, routes } = createApp({ ...routeDeps, broker, version, pages: overrides.pages ?? join(ROOT, 'web-client', 'dist') });
  const listener = createListener({
    certificate,
    connectionsPerAddress: config.connectionsPerAddress,
    trustedProxies: config.trustedProxies,
    handle: app,
    upgrade: (request, socket, head) => (isLive(request.url) ? realtime : relayUpgrade).upgrade(request, socket, head),
  });
  begun.defer(async () => {
    const closed = listener.close(PATIENCE);
    await realtime.close();
    await relay.close();
    relayUpgrade.close();
    await closed;
  });
  const port = await listener.listen(config.port, config.host);
  origin ??= `https://localhost:${port}`;

  if (config.mode === 'production') {
    const administrator = await broker.directory.firstAdministrator();
    if (administrator) notices.push(firstAdministratorNotice(origin, administrator));
  }
  return { origin, notices, app, routes, broker, relay, realtime, stop: () => begun.disposeAsync() };
}

/** Its address is left in a file for the command line, which runs beside this process. */
async function startOwnDatabase({ dataDirectory }: Config, log: Log, begun: AsyncDisposableStack): Promise<string> {
  const postgres = await startEmbeddedPostgres({ directory: join(dataDirectory, 'postgres'), log: (line) => log.info('PostgreSQL', { part: 'postgres', line }) });
  begun.defer(() => postgres.stop());
  const address = join(dataDirectory, 'database-url');
  await writeFile(address, `${postgres.connectionString}\n`, { mode: 0o600 });
  begun.defer(() => rm(address, { force: true }));
  return postgres.connectionString;
}

async function createFleet(config: Config, { clock, log, overrides }: { clock: Clock; log: Log; overrides: Overrides }): Promise<RelayFleet> {
  const ca = config.guacdCaFile === undefined ? undefined : await readFile(config.guacdCaFile, 'utf8');
  const members = config.guacd.map(({ host, port, tls }): FleetMember => {
    const guacd: GuacdAddress = { host, port, ...(tls && { tls: ca === undefined ? {} : { ca } }) };
    const relay = createRelay({
      guacd,
      clock,
      log,
      ...(overrides.relayLimits && { limits: overrides.relayLimits }),
      ...(overrides.relayForcedParameters && { forcedParameters: overrides.relayForcedParameters }),
    });
    return { address: `${host}:${port}`, relay };
  });
  const answers = async (address: string) => {
    const guacd = config.guacd.find(({ host, port }) => `${host}:${port}` === address);
    return guacd !== undefined && portAccepts(guacd);
  };
  return relayFleet(members as [FleetMember, ...FleetMember[]], createGuacdHealth({ clock, answers }));
}

if (import.meta.main) await runProgram((config, log) => createGateway({ config, log }));
