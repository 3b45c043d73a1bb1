import type { Capacity } from '../policy/policy.ts';
import type { SeatCount } from './counts.ts';

/** Where a session takes its seat. `path`: name of the organisation, then those of the units from the top down. */
export type Place = { readonly path: readonly string[]; readonly poolId: string | undefined; readonly weight: number };

/**
 * The seats of an installation as they are taken now. What is guaranteed and not used counts as taken, so that nobody else gets it:
 * a node claims the larger of its floor and of what is taken in it and claimed below it.
 */
export type Ledger = {
  take(place: Place): void;
  /** Gives back what was taken. */
  give(place: Place): void;
  /**
   * Holds those behind back from what somebody waits for: from the limits of the own share and pool that are full, or else from the total. What only
   * the own share lacks is not held back from anybody elsewhere.
   */
  claim(place: Place): void;
  /** Every limit that counts for somebody of this place, as it stands. */
  countsFor(place: Pick<Place, 'path' | 'poolId'>): readonly SeatCount[];
  /** Seats that are taken in the unit at the end of this path and below; of the empty path: in all. */
  taken(path: readonly string[]): number;
  /** True where a session that leaves this place would bring some unit below its floor, of which `beneficiary` is not. */
  isGuaranteed(place: Place, beneficiary: readonly string[]): boolean;
};

type Node = {
  readonly floor: number;
  readonly most: number | undefined;
  readonly parent: Node | undefined;
  /** Names in its path. */
  readonly depth: number;
  readonly children: Map<string, Node>;
  /** In it and below. */
  taken: number;
  /** By those who wait for a seat of this share alone. */
  claimed: number;
  /** In it, and in what is below it and has no share of its own. */
  direct: number;
  /** What it keeps others from: at least its floor. */
  claim: number;
};

/** @param pools seats of each pool that is limited */
export function createLedger(capacity: Pick<Capacity, 'total' | 'shares'>, pools: ReadonlyMap<string, number>): Ledger {
  const root = nodeUnder(undefined, { floor: 0, most: capacity.total });
  for (const { path, floor, most } of capacity.shares.toSorted((one, other) => one.path.length - other.path.length)) add(root, path, { floor, most });
  const takenInPools = new Map<string, number>();

  const claimedInPools = new Map<string, number>();
  const isFull = ({ most, taken, claimed }: Node, weight: number) => most !== undefined && taken + claimed + weight > most;
  const move = ({ path, poolId, weight }: Place, by: 1 | -1) => {
    const bottom = deepest(root, path);
    bottom.direct += by * weight;
    for (let node: Node | undefined = bottom; node !== undefined; node = node.parent) {
      node.taken += by * weight;
      reclaim(node);
    }
    if (poolId !== undefined && pools.has(poolId)) takenInPools.set(poolId, (takenInPools.get(poolId) ?? 0) + by * weight);
  };
  return {
    take: (place) => move(place, 1),
    give: (place) => move(place, -1),
    claim(place) {
      const { path, poolId, weight } = place;
      let ownShare = false;
      for (let node: Node | undefined = deepest(root, path); node !== undefined && node !== root; node = node.parent) {
        if (!isFull(node, weight)) continue;
        node.claimed += weight;
        ownShare = true;
      }
      const seats = poolId === undefined ? undefined : pools.get(poolId);
      if (poolId !== undefined && seats !== undefined && (takenInPools.get(poolId) ?? 0) + (claimedInPools.get(poolId) ?? 0) + weight > seats) {
        claimedInPools.set(poolId, (claimedInPools.get(poolId) ?? 0) + weight);
        ownShare = true;
      }
      if (ownShare) return;
      // Nothing is taken yet; it is only no longer free for what is guaranteed to nobody.
      const bottom = deepest(root, path);
      bottom.direct += weight;
      for (let node: Node | undefined = bottom; node !== undefined; node = node.parent) reclaim(node);
    },
    countsFor({ path, poolId }) {
      const counts: SeatCount[] = [];
      const guarantees: { depth: number; seats: number }[] = [];
      for (let node: Node | undefined = deepest(root, path); node !== undefined; node = node.parent) {
        const guaranteed = node.claim - content(node);
        if (guaranteed > 0) guarantees.push({ depth: node.depth, seats: guaranteed });
        if (node !== root && node.most !== undefined) counts.unshift({ scope: node.parent === root ? 'organisation' : 'unit', seats: node.most, taken: node.taken + node.claimed, depth: node.depth });
      }
      const own = guarantees.reduce((sum, { seats }) => sum + seats, 0);
      if (capacity.total !== undefined) counts.unshift({ scope: 'total', seats: capacity.total, taken: root.taken, kept: root.claim - root.taken, own, guarantees });
      const seats = poolId === undefined ? undefined : pools.get(poolId);
      if (poolId !== undefined && seats !== undefined) counts.push({ scope: 'pool', seats, taken: (takenInPools.get(poolId) ?? 0) + (claimedInPools.get(poolId) ?? 0) });
      return counts;
    },
    taken: (path) => find(root, path)?.taken ?? 0,
    isGuaranteed({ path, weight }, beneficiary) {
      const shared = new Set<Node>();
      for (let node: Node | undefined = deepest(root, beneficiary); node !== undefined; node = node.parent) shared.add(node);
      for (let node: Node | undefined = deepest(root, path); node !== undefined; node = node.parent) if (!shared.has(node) && node.taken - weight < node.floor) return true;
      return false;
    },
  };
}

function nodeUnder(parent: Node | undefined, { floor, most }: { floor: number; most: number | undefined }): Node {
  return { floor, most, parent, depth: parent === undefined ? 0 : parent.depth + 1, children: new Map(), taken: 0, claimed: 0, direct: 0, claim: floor };
}

function add(root: Node, path: readonly string[], share: { floor: number; most: number | undefined }): void {
  let node = root;
  for (const name of path.slice(0, -1)) node = node.children.get(name) ?? child(node, name, { floor: 0, most: undefined });
  const last = path.at(-1);
  if (last !== undefined) child(node, last, share);
  for (let up: Node | undefined = node; up !== undefined; up = up.parent) reclaim(up);
}

function child(parent: Node, name: string, share: { floor: number; most: number | undefined }): Node {
  const node = nodeUnder(parent, share);
  parent.children.set(name, node);
  return node;
}

/** The lowest node with a share at or above the end of the path. */
function deepest(root: Node, path: readonly string[]): Node {
  let node = root;
  for (const name of path) {
    const next = node.children.get(name);
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

function find(root: Node, path: readonly string[]): Node | undefined {
  const node = deepest(root, path);
  return node.depth === path.length ? node : undefined;
}

function content({ direct, children }: Node): number {
  let sum = direct;
  for (const { claim } of children.values()) sum += claim;
  return sum;
}

function reclaim(node: Node): void {
  node.claim = Math.max(node.floor, content(node));
}
