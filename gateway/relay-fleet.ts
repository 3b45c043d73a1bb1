import type { Relay } from './relay/index.ts';

/** Several relays, one for each guacd, as one: a session goes where the fewest are. */
export function relayFleet(relays: readonly [Relay, ...Relay[]]): Relay {
  const [first] = relays;
  const load = new Map(relays.map((relay) => [relay, 0]));
  return {
    open(request, socket, head, grant) {
      const relay = relays.reduce((best, other) => (load.get(other)! < load.get(best)! ? other : best));
      load.set(relay, load.get(relay)! + 1);
      relay.open(request, socket, head, {
        ...grant,
        onConnected: () => grant.onConnected(),
        onEnded(end) {
          load.set(relay, load.get(relay)! - 1);
          return grant.onEnded(end);
        },
        onAlarm: (alarm) => grant.onAlarm(alarm),
      });
    },
    refuse: (request, socket, head, status) => first.refuse(request, socket, head, status),
    end: (leaseId, status, reason) => relays.map((relay) => relay.end(leaseId, status, reason)).includes(true),
    live: () => relays.flatMap((relay) => relay.live()),
    async close() {
      await Promise.all(relays.map((relay) => relay.close()));
    },
  };
}
