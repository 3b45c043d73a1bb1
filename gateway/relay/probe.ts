/** Asks a browser whether it is still there, sooner than the heartbeat would notice. */
export type Probe = {
  /** False when nothing was heard within `patienceMs`. Whoever asks meanwhile gets the same answer. */
  ask(): Promise<boolean>;
  heard(): void;
};

export function createProbe(ping: () => void, patienceMs: number): Probe {
  let asked: Promise<boolean> | undefined;
  let answer: (heard: boolean) => void = () => undefined;
  return {
    ask() {
      return (asked ??= new Promise<boolean>((resolve) => {
        const silence = setTimeout(() => answer(false), patienceMs);
        answer = (heard) => {
          clearTimeout(silence);
          asked = undefined;
          resolve(heard);
        };
        ping();
      }));
    },
    heard: () => answer(true),
  };
}
