import type { Relay } from './relay/index.ts';

/** How long a guacd that was not reached gets no further session, in milliseconds. */
const AVOIDED = 30_000;

export type RelayFleetOptions = { readonly clock: { now(): Date }; readonly avoidedMs?: number };

/**
 * Several relays, one for each guacd, as one: a session goes where the fewest are. A guacd that was not reached would
 * always have the fewest, so it is left out for a while; where all are, the one that failed longest ago is tried.
 */
export function relayFleet(relays: readonly [Relay, ...Relay[]], { clock, avoidedMs = AVOIDED }: RelayFleetOptions): Relay {
  const [first] = relays;
  const load = new Map(relays.map((relay) => [relay, 0]));
  const failedAt = new Map<Relay, number>();
  return {
    open(request, socket, head, grant) {
      const relay = chosen();
      load.set(relay, load.get(relay)! + 1);
      relay.open(request, socket, head, {
        ...grant,
        onConnected: () => grant.onConnected(),
        onEnded(end) {
          load.set(relay, load.get(relay)! - 1);
          if (end.cause === 'guacd-unreachable') failedAt.set(relay, clock.now().getTime());
          return grant.onEnded(end);
        },
        onAlarm: (alarm) => grant.onAlarm(alarm),
      });
    },
    refuse: (request, socket, head, status) => first.refuse(request, socket, head, status),
    end: (leaseId, status, reason) => relays.map((relay) => relay.end(leaseId, status, reason)).includes(true),
    async probe(leaseId) {
      await Promise.all(relays.map((relay) => relay.probe(leaseId)));
    },
    live: () => relays.flatMap((relay) => relay.live()),
    async close() {
      await Promise.all(relays.map((relay) => relay.close()));
    },
  };

  function chosen(): Relay {
    const now = clock.now().getTime();
    const trusted = relays.filter((relay) => now - (failedAt.get(relay) ?? -Infinity) >= avoidedMs);
    if (trusted.length > 0) return trusted.reduce((best, other) => (load.get(other)! < load.get(best)! ? other : best));
    return relays.reduce((best, other) => (failedAt.get(other)! < failedAt.get(best)! ? other : best));
  }
}
