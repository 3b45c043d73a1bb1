import type { Told, Topic } from '../../../gateway/realtime/contract.ts';
import { createGathering } from './gathering.ts';
import type { Line, LineEvents } from './line.ts';

export type LiveState = 'live' | 'reconnecting';

/** What has changed is asked anew within about a second; where no line can be had, everything watched is every ten. */
export type Live = {
  /** Watches until the answer is called. The line is there while anything is watched. */
  watch(topics: readonly Topic[]): () => void;
  state(): LiveState;
  subscribe(listener: () => void): () => void;
};

export type LiveDeps = {
  openLine(topics: readonly Topic[], events: LineEvents): Promise<Line>;
  ask(topics: ReadonlySet<Told['topic']>): void;
};

/** Milliseconds. A page that goes and one that comes leave no gap; a short break is not worth a word. */
const times = { linger: 2_000, unnoticed: 4_000, polling: 10_000 };

export function createLive({ openLine, ask }: LiveDeps): Live {
  const watched = new Map<Topic, number>();
  const listeners = new Set<() => void>();
  const gathering = createGathering(ask);
  let line: { readonly opened: Promise<Line | undefined>; close(): void } | undefined;
  let state: LiveState = 'live';
  let leaving: ReturnType<typeof setTimeout> | undefined;
  let noticing: ReturnType<typeof setTimeout> | undefined;
  let polling: ReturnType<typeof setInterval> | undefined;

  const say = (now: LiveState) => {
    if (now === state) return;
    state = now;
    for (const listener of listeners) listener();
  };
  const up = (before: boolean) => {
    clearTimeout(noticing);
    clearInterval(polling);
    noticing = polling = undefined;
    say('live');
    // What changed before the line was up was not told.
    gathering.tell(before ? 'everything' : 'level');
  };
  const down = () => {
    noticing ??= setTimeout(() => say('reconnecting'), times.unnoticed);
    polling ??= setInterval(() => ask(new Set(watched.keys())), times.polling);
  };
  const open = () => {
    let wasUp = false;
    let closed = false;
    const events: LineEvents = {
      up: () => {
        up(wasUp);
        wasUp = true;
      },
      down: () => {
        wasUp = true;
        down();
      },
      changed: (topic) => gathering.tell(topic),
      signedOut: () => gathering.tell('person'),
    };
    const opened = openLine([...watched.keys()], events).then(
      (fresh) => {
        if (!closed) return fresh;
        fresh.close();
        return undefined;
      },
      () => {
        if (!closed) down();
        return undefined;
      },
    );
    return {
      opened,
      close() {
        closed = true;
        void opened.then((there) => there?.close());
      },
    };
  };
  const close = () => {
    line?.close();
    line = undefined;
    clearTimeout(noticing);
    clearInterval(polling);
    noticing = polling = undefined;
    gathering.stop();
    say('live');
  };
  const changed = () => {
    clearTimeout(leaving);
    if (watched.size === 0) leaving = setTimeout(close, times.linger);
    else if (line === undefined) line = open();
    else void line.opened.then((there) => there?.watch([...watched.keys()]));
  };

  return {
    watch(topics) {
      const before = watched.size;
      for (const topic of topics) watched.set(topic, (watched.get(topic) ?? 0) + 1);
      if (watched.size !== before || line === undefined) changed();
      return () => {
        for (const topic of topics) {
          const left = watched.get(topic)! - 1;
          if (left === 0) watched.delete(topic);
          else watched.set(topic, left);
        }
        changed();
      };
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
