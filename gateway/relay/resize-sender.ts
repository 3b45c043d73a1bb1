/** Sends resizes at most once an interval: each one makes the desktop draw itself anew. Of those that come too soon only the last is sent, when its time has come. */
export type ResizeSender = {
  offer(instruction: string): void;
  stop(): void;
};

export function createResizeSender(intervalMs: number, send: (instruction: string) => void): ResizeSender {
  let waiting: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    offer(instruction) {
      if (timer === undefined) sendNow(instruction);
      else waiting = instruction;
    },
    stop() {
      clearTimeout(timer);
      waiting = undefined;
    },
  };

  function sendNow(instruction: string): void {
    timer = setTimeout(() => {
      timer = undefined;
      const last = waiting;
      waiting = undefined;
      if (last !== undefined) sendNow(last);
    }, intervalMs);
    send(instruction);
  }
}
