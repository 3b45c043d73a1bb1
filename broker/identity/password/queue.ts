import { Refusal } from '../../port.ts';

/** Does dear work a few pieces at a time. */
export type Queue = {
  /** `first` work goes before all other that waits. Throws `service-unavailable` when too much waits already. */
  run<Result>(work: () => Promise<Result>, urgency?: 'first' | 'usual'): Promise<Result>;
};

/** @param waiting how many pieces of each urgency may wait */
export function createQueue({ atOnce, waiting }: { atOnce: number; waiting: number }): Queue {
  const lines = { first: [] as (() => void)[], usual: [] as (() => void)[] };
  let running = 0;

  const next = () => {
    const start = lines.first.shift() ?? lines.usual.shift();
    if (start) start();
    else running -= 1;
  };

  return {
    async run(work, urgency = 'usual') {
      const line = lines[urgency];
      if (running < atOnce) running += 1;
      else if (line.length < waiting) await new Promise<void>((start) => line.push(start));
      else throw new Refusal('service-unavailable', { retryAfterSeconds: 5 });
      try {
        return await work();
      } finally {
        next();
      }
    },
  };
}
