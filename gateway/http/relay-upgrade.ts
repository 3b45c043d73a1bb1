import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { CODES, Refusal, type Broker, type ClaimedLease, type Code, type SignedIn } from '../../broker/port.ts';
import type { Authenticated } from '../auth/authenticate.ts';
import { requestOrigin } from '../auth/request-origin.ts';
import { requireSameOrigin } from '../auth/same-origin.ts';
import type { RelayFleet } from '../relay-fleet.ts';
import { isProperUpgrade, type RelayGrant, type SessionEnd } from '../relay/index.ts';
import { portAccepts } from './desktop-port.ts';
import { createNoiseFilter } from './noise.ts';
import { codeOf } from './problem.ts';
import { maybeLogInFailed, relayEnd } from './relay-end.ts';
import { relayTarget, type RelayView } from './relay-target.ts';
import { watchRelay } from './relay-watch.ts';
import type { RouteDeps } from './run-route.ts';

/** Upgrades that may be under examination at once; the others are told that the service is busy. */
const MOST_PENDING = 256;
/** A relay that never came to be, by a fault of the program's own. */
const FAULT: SessionEnd = { cause: 'ended-by-gateway', status: CODES['internal-error'].guacamole, reason: 'internal-error', bytesToBrowser: 0, bytesFromBrowser: 0, refused: {} };

export type RelayUpgradeDeps = RouteDeps & {
  readonly broker: Pick<Broker, 'leases' | 'signIns' | 'trail' | 'onLeaseEnded'>;
  readonly relay: RelayFleet;
  readonly clock: { now(): Date };
};

export type RelayUpgrade = {
  /** For the server's `upgrade` event. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** No longer listens to the broker. */
  close(): void;
};

/** Lets a WebSocket become a relay: by the chain that every other request passes, then by the broker's word on the lease. */
export function createRelayUpgrade(deps: RelayUpgradeDeps): RelayUpgrade {
  const { broker, relay, log } = deps;
  const noise = createNoiseFilter(deps);
  /** Who opened each relay of this process, by its lease. */
  const openedBy = new Map<string, string>();
  let pending = 0;
  const stopListening = broker.onLeaseEnded((leaseId, code) => endRelay(relay, leaseId, code));

  async function examine(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const origin = requestOrigin(request, deps.trustedProxies);
    const known: { leaseId?: string; person?: SignedIn } = {};
    try {
      const { leaseId, view, device } = relayTarget(request.url);
      known.leaseId = leaseId;
      requireSameOrigin(request.headers, deps.publicOrigin(), 'changing');
      const asking = await deps.authenticator.authenticate(request.headers);
      known.person = asking.person;
      if (!isProperUpgrade(request)) throw new Refusal('request-invalid');
      if (openedBy.get(leaseId) === asking.person.personId) await relay.probe(leaseId);
      const lease = await broker.leases.claim({ person: asking.person, leaseId, origin, guacds: relay.guacds(), ...(device && { device }) });
      await openClaimed(lease, asking, view, (grant) => relay.open(lease.guacd, request, socket, head, grant));
    } catch (error) {
      const code = codeOf(error);
      if (code === 'internal-error') log.error('a relay could not be opened', { ...(known.leaseId && { leaseId: known.leaseId }), error });
      relay.refuse(request, socket, head, guacamoleStatus(code));
      // What somebody known tried is always told.
      if (known.person || noise.first(`${origin.address} ${code}`)) await broker.trail.relayRefused({ code, origin, ...known });
    }
  }

  /** From its claim on, a lease is released whatever happens. */
  async function openClaimed(lease: ClaimedLease, asking: Authenticated, view: RelayView, open: (grant: RelayGrant) => void): Promise<void> {
    const { leaseId, relayId } = lease;
    let grant: RelayGrant | undefined;
    try {
      openedBy.set(leaseId, asking.person.personId);
      grant = grantOf(lease, asking, view, { ...deps, over: () => openedBy.delete(leaseId) });
      open(grant);
    } catch (error) {
      await (grant ? grant.onEnded(FAULT) : broker.leases.released({ leaseId, relayId }, relayEnd(FAULT, deps.clock.now())));
      throw error;
    }
  }

  return {
    upgrade(request, socket, head) {
      // Until the relay has it, a broken connection is nobody's error.
      const ignore = () => socket.destroy();
      socket.on('error', ignore);
      if (pending >= MOST_PENDING) return relay.refuse(request, socket, head, guacamoleStatus('service-unavailable'));
      pending += 1;
      void examine(request, socket, head)
        .catch((error: unknown) => log.error('a refused relay could not be recorded', { error }))
        .finally(() => (pending -= 1));
    },
    close: stopListening,
  };
}

/** What the relay may know, and how its life is told to the broker. */
function grantOf(lease: ClaimedLease, { person, token }: Authenticated, view: RelayView, deps: RelayUpgradeDeps & { over(): void }): RelayGrant {
  const { broker, clock, log } = deps;
  const { leaseId, relayId, connection } = lease;
  const { timezone, ...size } = view;
  const watch = watchRelay({ ...deps, signIns: broker.signIns, leases: broker.leases, endRelay: (code) => endRelay(deps.relay, leaseId, code) }, { lease, person, token });
  return {
    leaseId,
    size,
    ...(timezone !== undefined && { timezone }),
    settings: { protocol: connection.protocol, host: connection.host, port: connection.port, parameters: connection.parameters, ...connection.credentials },
    onConnected: () => broker.leases.connected({ leaseId, relayId }),
    async onEnded(ended) {
      watch.stop();
      deps.over();
      const told = relayEnd(ended, clock.now());
      const logInFailed = maybeLogInFailed(ended, connection.protocol) && (await portAccepts(connection));
      await broker.leases.released({ leaseId, relayId }, logInFailed ? { ...told, cause: 'desktop-log-in-failed' } : told);
    },
    onAlarm: ({ opcode }) => {
      broker.trail.unknownOpcode({ leaseId, opcode }).catch((error: unknown) => log.error('an unknown opcode could not be recorded', { leaseId, error }));
    },
  };
}

function endRelay(relay: RelayFleet, leaseId: string, code: Code): void {
  relay.end(leaseId, guacamoleStatus(code), code);
}

/** A code without a status of its own is told as forbidden, or as a fault where it is one. */
function guacamoleStatus(code: Code): number {
  const entry: { readonly http: number; readonly guacamole?: number } = CODES[code];
  return entry.guacamole ?? CODES[entry.http < 500 ? 'forbidden' : 'internal-error'].guacamole;
}
