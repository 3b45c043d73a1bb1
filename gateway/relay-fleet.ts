import type { GuacdHealth } from './guacd-health.ts';
import type { Relay, RelayGrant } from './relay/index.ts';

/** The relays of a gateway, one for each guacd, as one. Which of them carries a session is not decided here. */
export type RelayFleet = Omit<Relay, 'open'> & {
  /** Every guacd, and whether it can be reached as far as this gateway knows. */
  guacds(): readonly { readonly address: string; readonly reachable: boolean }[];
  /** Carries a session as {@link Relay.open} does, by the guacd of this address. @throws Error where there is none */
  open(address: string, ...session: Parameters<Relay['open']>): void;
};

export type FleetMember = { /** `host:port` of its guacd. */ readonly address: string; readonly relay: Relay };

export function relayFleet(members: readonly [FleetMember, ...FleetMember[]], health: GuacdHealth): RelayFleet {
  const relays = members.map(({ relay }) => relay);
  const [first] = members;
  return {
    guacds: () => members.map(({ address }) => ({ address, reachable: health.reachable(address) })),
    open(address, request, socket, head, grant) {
      const member = members.find((one) => one.address === address);
      if (member === undefined) throw new Error(`no guacd at ${address}`);
      member.relay.open(request, socket, head, watched(grant, () => health.failed(address)));
    },
    refuse: (request, socket, head, status) => first.relay.refuse(request, socket, head, status),
    end: (leaseId, status, reason) => relays.map((relay) => relay.end(leaseId, status, reason)).includes(true),
    async probe(leaseId) {
      await Promise.all(relays.map((relay) => relay.probe(leaseId)));
    },
    live: () => relays.flatMap((relay) => relay.live()),
    async close() {
      health.stop();
      await Promise.all(relays.map((relay) => relay.close()));
    },
  };
}

function watched(grant: RelayGrant, onUnreachable: () => void): RelayGrant {
  return {
    ...grant,
    onConnected: () => grant.onConnected(),
    onEnded(end) {
      if (end.cause === 'guacd-unreachable') onUnreachable();
      return grant.onEnded(end);
    },
    onAlarm: (alarm) => grant.onAlarm(alarm),
  };
}
