import { Refusal } from '../../port.ts';
import { createLine, type Lane, type Turn } from './line.ts';

/** Who asks. `person`: by what they are recognised when they ask again; nothing is told of whether it names anybody. */
export type Asking = { readonly lane: Lane; readonly network: string; readonly person?: string };

/** For what somebody has proved already. */
export const FIRST: Asking = { lane: 'known', network: '' };

/** Does dear work a few pieces at a time; whoever else wants some waits for a turn. */
export type Queue = {
  /**
   * Throws `sign-in-busy` when the turn does not come within the patience, with about how many are before. Whoever asks again
   * soon takes the place that was reached.
   */
  run<Result>(work: () => Promise<Result>, asking?: Asking): Promise<Result>;
};

export type QueueFigures = {
  readonly atOnce: number;
  /** How many may wait. Beyond that the longest line of one network loses its newest. */
  readonly waiting: number;
  readonly patienceSeconds: number;
};

/** Seconds for which a place is kept for somebody who was told to ask again. */
const KEPT = 30;
/** Of a refused try for want of room. */
const AGAIN = 5;

type Waiting = Turn & { readonly asking: Asking; start(): void; refuse(refusal: Refusal): void };

export function createQueue({ atOnce, waiting, patienceSeconds }: QueueFigures): Queue {
  const line = createLine<Waiting>(waiting);
  const places = createPlaces(waiting);
  let running = 0;
  const next = () => {
    const first = line.shift();
    if (first === undefined) running -= 1;
    else first.start();
  };

  const turn = (asking: Asking) =>
    new Promise<void>((done, fail) => {
      const stop = () => clearTimeout(timer);
      const item: Waiting = { ...asking, asking, arrivedAt: places.take(asking), start: () => (stop(), done()), refuse: (refusal) => (stop(), fail(refusal)) };
      const timer = setTimeout(() => {
        // Those who were told to ask again a moment before are no longer in the line, and keep their places in it.
        const before = line.before(item) + places.keptOf(asking);
        line.remove(item);
        places.keep(asking, item.arrivedAt);
        fail(new Refusal('sign-in-busy', { retryAfterSeconds: 1, before }));
      }, patienceSeconds * 1000);
      line.push(item)?.refuse(new Refusal('sign-in-busy', { retryAfterSeconds: AGAIN, before: line.size() }));
    });

  return {
    async run(work, asking = FIRST) {
      if (running < atOnce) running += 1;
      else await turn(asking);
      try {
        return await work();
      } finally {
        next();
      }
    },
  };
}

/** When those who were told to ask again came first. A place is worth something only within the line of the own network. */
function createPlaces(most: number): { take(asking: Asking): number; keep(asking: Asking, arrivedAt: number): void; /** About how many of the own network. */ keptOf(asking: Asking): number } {
  const kept = new Map<string, { readonly network: string; readonly arrivedAt: number; readonly until: number }>();
  const ofNetwork = new Map<string, number>();
  const forget = (key: string) => {
    const place = kept.get(key);
    if (place === undefined) return;
    kept.delete(key);
    const left = (ofNetwork.get(place.network) ?? 1) - 1;
    if (left === 0) ofNetwork.delete(place.network);
    else ofNetwork.set(place.network, left);
  };
  /** Kept in the order in which they are over. */
  const tidy = (now: number) => {
    for (const [key, { until }] of kept) {
      if (until > now && kept.size < most) return;
      forget(key);
    }
  };
  const keyOf = ({ network, person = '' }: Asking) => `${network} ${person}`;
  return {
    take(asking) {
      const now = performance.now();
      const place = kept.get(keyOf(asking));
      forget(keyOf(asking));
      return place !== undefined && place.until > now ? place.arrivedAt : now;
    },
    keep(asking, arrivedAt) {
      if (asking.person === undefined) return;
      const now = performance.now();
      tidy(now);
      forget(keyOf(asking));
      kept.set(keyOf(asking), { network: asking.network, arrivedAt, until: now + KEPT * 1000 });
      ofNetwork.set(asking.network, (ofNetwork.get(asking.network) ?? 0) + 1);
    },
    keptOf({ network }) {
      tidy(performance.now());
      return ofNetwork.get(network) ?? 0;
    },
  };
}
