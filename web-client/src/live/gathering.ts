import type { Told } from '../../../gateway/realtime/contract.ts';

type Topic = Told['topic'];

/** Milliseconds over which the pages of an office spread their questions, so that they do not all ask at the same moment. */
const spread: Readonly<Record<Topic, number>> = { person: 100, lease: 300, level: 1_000, policy: 1_000, entry: 1_000, directory: 1_000, desktops: 1_000, waiting: 200, board: 1_000, drill: 500, everything: 3_000 };
/** Milliseconds between two rounds of questions of one page. */
const rest = 1_000;

/** Gathers what is told in a row into one round of questions. */
export function createGathering(ask: (topics: ReadonlySet<Topic>) => void, random: () => number = Math.random): { tell(topic: Topic): void; stop(): void } {
  let topics = new Set<Topic>();
  let due = Number.POSITIVE_INFINITY;
  let restsUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const round = () => {
    const gathered = topics;
    topics = new Set();
    due = Number.POSITIVE_INFINITY;
    restsUntil = Date.now() + rest;
    ask(gathered);
  };
  return {
    tell(topic) {
      topics.add(topic);
      const wanted = Math.max(Date.now() + random() * spread[topic], restsUntil);
      if (wanted >= due) return;
      due = wanted;
      clearTimeout(timer);
      timer = setTimeout(round, wanted - Date.now());
    },
    stop() {
      clearTimeout(timer);
      topics.clear();
      due = Number.POSITIVE_INFINITY;
    },
  };
}
