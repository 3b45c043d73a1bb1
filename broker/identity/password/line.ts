/** Whose turn it is to be. `listed`: from a network that the policy names, such as the town hall's. */
export type Turn = { readonly lane: Lane; /** Within a lane, networks take turns. */ readonly network: string; /** Among known browsers, people do. */ readonly person?: string; /** Within a network, who came first goes first. */ readonly arrivedAt: number };
export type Lane = 'known' | 'listed' | 'other';

/** Half of all turns are for browsers that are known, and the other half is shared, so that nobody at all waits for ever. An empty lane's turn goes to the next. */
const CYCLE: readonly Lane[] = ['known', 'listed', 'known', 'other'];
const SHARE = { known: 2, listed: 1, other: 1 } as const satisfies Record<Lane, number>;

/** Who waits, in the order in which they are served. Knows nothing of time. */
export type Line<Item extends Turn> = {
  /** @returns whoever had to go to make room: the newest of the longest line of one network, which may be the one that came */
  push(item: Item): Item | undefined;
  shift(): Item | undefined;
  remove(item: Item): void;
  /** About how many are served before this one. */
  before(item: Item): number;
  size(): number;
};

export function createLine<Item extends Turn>(most: number): Line<Item> {
  const lanes = { known: new Map<string, Item[]>(), listed: new Map<string, Item[]>(), other: new Map<string, Item[]>() } as const satisfies Record<Lane, Map<string, Item[]>>;
  let size = 0;
  let turn = 0;
  // Whoever has a browser that is known has it wherever they are, and may be the one that floods.
  const networkOf = ({ lane, network, person = '' }: Item) => (lane === 'known' ? person : network);

  const remove = (item: Item) => {
    const lines = lanes[item.lane];
    const line = lines.get(networkOf(item));
    const index = line?.indexOf(item) ?? -1;
    if (line === undefined || index < 0) return;
    line.splice(index, 1);
    size -= 1;
    if (line.length === 0) lines.delete(networkOf(item));
  };
  const newestOfLongest = (): Item | undefined => {
    let longest: Item[] = [];
    for (const lane of ['other', 'listed', 'known'] as const) {
      for (const line of lanes[lane].values()) {
        const newer = line.length === longest.length && line[0]!.lane === longest[0]!.lane && line.at(-1)!.arrivedAt >= longest.at(-1)!.arrivedAt;
        if (line.length > longest.length || newer) longest = line;
      }
    }
    return longest.at(-1);
  };

  return {
    push(item) {
      const lines = lanes[item.lane];
      const line = lines.get(networkOf(item)) ?? [];
      lines.set(networkOf(item), line);
      const after = line.findLastIndex((other) => other.arrivedAt <= item.arrivedAt);
      line.splice(after + 1, 0, item);
      size += 1;
      if (size <= most) return undefined;
      const gone = newestOfLongest();
      if (gone !== undefined) remove(gone);
      return gone;
    },

    shift() {
      for (let tried = 0; tried < CYCLE.length; tried += 1) {
        const lines = lanes[CYCLE[turn % CYCLE.length]!];
        turn += 1;
        const [first] = lines;
        if (first === undefined) continue;
        const [network, line] = first;
        const item = line.shift()!;
        size -= 1;
        // Its network goes behind the others.
        lines.delete(network);
        if (line.length > 0) lines.set(network, line);
        return item;
      }
      return undefined;
    },

    remove,

    before(item) {
      const lines = [...lanes[item.lane]];
      const own = lines.findIndex(([network]) => network === networkOf(item));
      const ahead = lines[own]?.[1].indexOf(item) ?? 0;
      const inLane = lines.reduce((sum, [, line], index) => sum + (index === own ? ahead : Math.min(line.length, ahead + (index < own ? 1 : 0))), 0);
      const elsewhere = (['known', 'listed', 'other'] as const).filter((lane) => lane !== item.lane).map((lane) => {
        const waiting = [...lanes[lane].values()].reduce((sum, line) => sum + line.length, 0);
        return Math.min(waiting, Math.ceil(((inLane + 1) * SHARE[lane]) / SHARE[item.lane]));
      });
      return inLane + elsewhere.reduce((sum, count) => sum + count, 0);
    },

    size: () => size,
  };
}
