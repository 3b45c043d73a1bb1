import type { RelayLimits } from './limits.ts';

/** Notices who has fallen silent, and speaks so that guacd does not take the browser for silent. */
export type Heartbeat = {
  browserAlive(): void;
  guacdHeard(): void;
  guacdTold(): void;
  stop(): void;
};

export type HeartbeatEvents = {
  pingBrowser(): void;
  /** Three pings went unanswered. Not called while `browserPaused()`, since its answers lie unread then. */
  browserGone(): void;
  /** Nothing has been written to guacd for `keepAliveMs`. */
  keepAlive(): void;
  /** Not called while `guacdPaused()`. */
  guacdSilent(): void;
  browserPaused(): boolean;
  guacdPaused(): boolean;
};

export function startHeartbeat(limits: Pick<RelayLimits, 'browserPingMs' | 'keepAliveMs' | 'guacdSilenceMs'>, events: HeartbeatEvents): Heartbeat {
  let unanswered = 0;
  let heard = true;
  let told = true;
  const timers = [
    setInterval(() => {
      if (events.browserPaused()) return;
      if (unanswered >= PINGS_UNANSWERED) {
        events.browserGone();
        return;
      }
      unanswered++;
      events.pingBrowser();
    }, limits.browserPingMs),
    setInterval(() => {
      if (!told) events.keepAlive();
      told = false;
    }, limits.keepAliveMs),
    setInterval(() => {
      if (!heard && !events.guacdPaused()) events.guacdSilent();
      heard = false;
    }, limits.guacdSilenceMs),
  ];
  return {
    browserAlive() {
      unanswered = 0;
    },
    guacdHeard() {
      heard = true;
    },
    guacdTold() {
      told = true;
    },
    stop() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

const PINGS_UNANSWERED = 3;
