import Guacamole from 'guacamole-common-js';
import { lineLost } from './endings.ts';
import { MalformedMessage, readInstructions, writeInstruction } from './instructions.ts';

const statusOf = { notSaid: 0x0200, malformed: 0x0203 } as const;
const pingEveryMs = 2_000;
const silentAfterMs = 5_000;
const givenUpAfterMs = 20_000;

export type RelayTunnelEvents = {
  /** The relay closed, or the line broke ({@link lineLost}). Called once. */
  onClosed(status: number): void;
  onRoundTrip(milliseconds: number): void;
  /** Nothing has been heard for a while, though the line is not given up yet. */
  onSilence(): void;
};

/**
 * Carries a Guacamole.Client's instructions to our relay and back. Stands in for Guacamole.WebSocketTunnel, which
 * miscounts letters beyond the basic plane and cannot tell a broken line from a refusal. `path` is the lease's relay.
 */
export function createRelayTunnel(path: string, events: RelayTunnelEvents): Guacamole.Tunnel {
  const tunnel = new (Guacamole.Tunnel as unknown as new () => MutableTunnel)();
  const sentPings = new Map<string, number>();
  const listening = new AbortController();
  const { signal } = listening;
  let socket: WebSocket | undefined;
  let heardAt = 0;
  let beat: ReturnType<typeof setInterval> | undefined;

  const close = (status: number): void => {
    clearInterval(beat);
    if (socket === undefined) return;
    const closing = socket;
    socket = undefined;
    tunnel.setState(Guacamole.Tunnel.State.CLOSED);
    listening.abort();
    closing.close();
    events.onClosed(status);
  };

  const ping = (): void => {
    const quietFor = performance.now() - heardAt;
    if (quietFor > givenUpAfterMs) return close(lineLost);
    if (quietFor > silentAfterMs) events.onSilence();
    const mark = String(Date.now());
    sentPings.set(mark, performance.now());
    tunnel.sendMessage(Guacamole.Tunnel.INTERNAL_DATA_OPCODE, 'ping', mark);
  };

  const heardInternal = (kind: string | undefined, mark: string | undefined): void => {
    const sentAt = kind === 'ping' && mark !== undefined ? sentPings.get(mark) : undefined;
    if (sentAt === undefined) return;
    sentPings.clear();
    events.onRoundTrip(performance.now() - sentAt);
  };

  const receive = (message: string): void => {
    heardAt = performance.now();
    for (const [opcode, ...parameters] of readInstructions(message)) {
      if (opcode === Guacamole.Tunnel.INTERNAL_DATA_OPCODE) heardInternal(...(parameters as [string?, string?]));
      else tunnel.oninstruction?.(opcode, parameters);
    }
  };

  tunnel.sendMessage = (...elements) => {
    if (tunnel.isConnected() && socket?.readyState === WebSocket.OPEN) socket.send(writeInstruction(elements));
  };
  tunnel.connect = (query) => {
    tunnel.setState(Guacamole.Tunnel.State.CONNECTING);
    socket = new WebSocket(`${location.protocol === 'http:' ? 'ws' : 'wss'}://${location.host}${path}?${query}`, 'guacamole');
    heardAt = performance.now();
    const opened = (): void => {
      tunnel.setState(Guacamole.Tunnel.State.OPEN);
      beat = setInterval(ping, pingEveryMs);
      ping();
    };
    const heard = ({ data }: MessageEvent): void => {
      try {
        receive(String(data));
      } catch (error) {
        if (!(error instanceof MalformedMessage)) throw error;
        close(statusOf.malformed);
      }
    };
    const closed = ({ reason, code }: CloseEvent): void => close(code === 1006 ? lineLost : statusFrom(reason));
    socket.addEventListener('open', opened, { signal });
    socket.addEventListener('message', heard, { signal });
    socket.addEventListener('close', closed, { signal });
  };
  tunnel.disconnect = () => close(0);
  return tunnel;
}

/** The relay's close reason is a Guacamole status in decimal. */
function statusFrom(reason: string): number {
  return /^\d{1,5}$/u.test(reason) ? Number(reason) : statusOf.notSaid;
}

/** The methods that a tunnel of one's own fills in, as Guacamole.Tunnel declares them in modules/Tunnel.js. */
type MutableTunnel = Guacamole.Tunnel & {
  setState(state: Guacamole.Tunnel.State): void;
  isConnected(): boolean;
  connect(query: string): void;
  disconnect(): void;
  sendMessage(...elements: (string | number)[]): void;
};
