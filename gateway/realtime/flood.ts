/** A page says a few words a minute; beyond this many packets in {@link WINDOW} it is none of ours. */
const MOST_PACKETS = 60;
/** In milliseconds. */
const WINDOW = 10_000;

type Packet = { readonly type: string; readonly data?: unknown };

/** What the transport below the conversation tells. */
export type Line = { on(event: 'packet', heard: (packet: Packet) => void): unknown };

/** Counts every packet, also those that never become an event, and ends the line at a flood or at bytes, which no page sends. */
export function limitFlood(line: Line, end: () => void): void {
  let since = performance.now();
  let packets = 0;
  line.on('packet', ({ data }) => {
    const now = performance.now();
    if (now - since > WINDOW) [since, packets] = [now, 0];
    packets += 1;
    if (packets > MOST_PACKETS || (data !== undefined && typeof data !== 'string')) end();
  });
}
