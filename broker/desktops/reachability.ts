import { connect } from 'node:net';
import type { Clock } from '../environment.ts';

export type Address = { readonly host: string; readonly port: number };
export type Measured = { readonly reachable: boolean; readonly at: Date };

/** Whether something answers at a desktop's address. What was measured is told again for a while, unless it is to be measured `anew`. */
export type Reachability = { measure(address: Address, how?: { readonly anew: boolean }): Promise<Measured> };

export type ReachabilityDeps = {
  readonly clock: Clock;
  /** @default a TCP connection */
  readonly probe?: (address: Address, timeout: number) => Promise<boolean>;
  /** How long a desktop may take to answer, in milliseconds. */
  readonly timeout?: number;
  /** How long a measurement holds, in milliseconds. */
  readonly holds?: number;
  /** Probes at once. */
  readonly atOnce?: number;
};

/** Addresses remembered; beyond it the oldest are forgotten. */
const MOST_REMEMBERED = 10_000;

export function createReachability({ clock, probe = answers, timeout = 1_500, holds = 10_000, atOnce = 32 }: ReachabilityDeps): Reachability {
  const known = new Map<string, { readonly since: number; readonly measured: Promise<Measured> }>();
  const waiting: (() => void)[] = [];
  let running = 0;

  const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= atOnce) await new Promise<void>((turn) => waiting.push(turn));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };

  return {
    measure(address, { anew } = { anew: false }) {
      const key = `${address.host} ${address.port}`;
      const since = performance.now();
      const before = known.get(key);
      if (!anew && before !== undefined && since - before.since < holds) return before.measured;
      const measured = inTurn(async () => ({ reachable: await probe(address, timeout), at: clock.now() }));
      known.delete(key);
      known.set(key, { since, measured });
      const oldest = known.keys().next();
      if (known.size > MOST_REMEMBERED && !oldest.done) known.delete(oldest.value);
      return measured;
    },
  };
}

/** Nothing is sent: a connection that is accepted is an answer. */
function answers({ host, port }: Address, timeout: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const timer = setTimeout(() => tell(false), timeout);
    const tell = (reachable: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reachable);
    };
    socket.once('connect', () => tell(true));
    socket.on('error', () => tell(false));
  });
}
