import type { Policy } from '../policy/index.ts';
import type { Connection } from '../store/index.ts';
import { createPlay, type Play } from './play.ts';
import { policyOf, readActs, type StoredDrill } from './store.ts';

/** The plays of running drills, each kept at hand so that a look only plays the seconds since the last one. */
export type Shadows = {
  /** The drill as it stands at this moment. */
  at(connection: Connection, drill: StoredDrill, now: Date): Promise<Shadow>;
};
export type Shadow = { readonly play: Play; readonly policy: Policy; /** Names of the duties. */ readonly names: ReadonlyMap<string, string> };

/** Milliseconds for which a play holds up everything else in the process. */
const AT_A_TIME = 15;
/** Plays that are kept; the one that was looked at longest ago goes. */
const KEPT = 8;

type Kept = Shadow & { readonly seen: number; readonly names: Map<string, string> };

export function createShadows(): Shadows {
  const kept = new Map<string, Promise<Kept>>();

  const advance = async (connection: Connection, drill: StoredDrill, now: Date, before: Kept | undefined): Promise<Kept> => {
    const acts = await readActs(connection, drill.id, before?.seen ?? 0);
    const [play, policy] = before === undefined ? await begin(connection, drill) : [before.play, before.policy];
    const names = before?.names ?? new Map(drill.roster.map(({ dutyId, duty }) => [dutyId, duty]));
    for (const act of acts) {
      // It was committed after the second in which it happened had been played.
      if (!play.take(act)) return advance(connection, drill, now, undefined);
      if (act.kind === 'ask') names.set(act.asked.dutyId, act.asked.duty);
    }
    await playUntil(play, secondsUntil(drill, now));
    return { play, policy, names, seen: acts.at(-1)?.number ?? before?.seen ?? 0 };
  };
  return {
    at(connection, drill, now) {
      const before = kept.get(drill.id);
      // One after the other: two looks never play the same seconds.
      const next = (before ?? Promise.resolve(undefined)).catch(() => undefined).then((found) => advance(connection, drill, now, found));
      kept.delete(drill.id);
      kept.set(drill.id, next);
      next.catch(() => {
        if (kept.get(drill.id) === next) kept.delete(drill.id);
      });
      for (const id of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(id);
      return next;
    },
  };
}

async function begin(connection: Connection, drill: StoredDrill): Promise<readonly [Play, Policy]> {
  const policy = await policyOf(connection, drill.policyVersion);
  return [createPlay(drill, policy), policy];
}

/** Whole seconds; the last one stands still once the drill is over. */
function secondsUntil({ startedAt, endsAt, endedAt }: StoredDrill, now: Date): number {
  const until = Math.min(now.getTime(), (endedAt ?? endsAt).getTime());
  return Math.max(0, Math.floor((until - startedAt.getTime()) / 1000));
}

/** A long drill that is looked at for the first time in this process is played in pieces. */
async function playUntil(play: Play, seconds: number): Promise<void> {
  while (play.played < seconds) {
    const from = performance.now();
    while (play.played < seconds && performance.now() - from < AT_A_TIME) play.advance(1);
    await new Promise((done) => setImmediate(done));
  }
}
