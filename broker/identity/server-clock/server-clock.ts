import { uptime } from 'node:os';
import type { Clock } from '../../environment.ts';
import type { ServerClockState } from '../../port.ts';
import { judge, type Believed, type TimeSourceState } from './judge.ts';
import type { TrustedClock } from './require.ts';

export type ServerClock = TrustedClock & {
  state(): ServerClockState;
  /** To be called every few seconds. */
  look(): Promise<void>;
};

export type ServerClockDeps = {
  readonly clock: Clock;
  /** Milliseconds of a clock that nobody sets and that counts on while the machine sleeps. */
  readonly monotonic?: () => number;
  readonly databaseTime: () => Promise<Date>;
  readonly timeSource: () => Promise<TimeSourceState>;
  /** Seconds, as the policy says now; undefined without one: not at all. */
  readonly aloneFor: () => Promise<number | undefined>;
  readonly onChange: (state: ServerClockState, secondsFromDatabase: number | undefined) => Promise<void>;
};

/** A database that took longer to answer says nothing about the time, in milliseconds. */
const ROUND_TRIP = 2_000;
/** How often the time service is asked, in milliseconds: it starts a process. */
const ASK_EVERY = 30_000;

/** Watches the clock of this process's machine. Until the first look it is believed. */
export function createServerClock({ clock, monotonic = () => uptime() * 1000, databaseTime, timeSource, aloneFor, onChange }: ServerClockDeps): ServerClock {
  let believed: Believed | undefined;
  let state: ServerClockState = { trusted: true, since: clock.now() };
  let asked: { readonly at: number; readonly source: TimeSourceState } | undefined;

  /** @param anew a jump is not explained by what was said before it */
  const sourceNow = async (anew: boolean): Promise<TimeSourceState> => {
    const now = monotonic();
    if (anew || asked === undefined || now - asked.at >= ASK_EVERY) asked = { at: now, source: await timeSource() };
    return asked.source;
  };
  const databaseNow = async (): Promise<number | undefined> => {
    const began = monotonic();
    const time = await databaseTime().catch(() => undefined);
    const took = monotonic() - began;
    return time === undefined || took > ROUND_TRIP ? undefined : time.getTime() + took / 2;
  };

  return {
    trusted: () => state.trusted,
    state: () => state,
    async look() {
      const alone = ((await aloneFor()) ?? 0) * 1000;
      const database = await databaseNow();
      const taken = { wall: clock.now().getTime(), monotonic: monotonic(), database };
      const suspected = judge(believed, { ...taken, source: 'unknown' }, alone).doubt !== undefined;
      const judged = judge(believed, { ...taken, source: await sourceNow(suspected) }, alone);
      believed = judged.believed;
      if (judged.doubt === state.why && state.trusted === (judged.doubt === undefined)) return;
      state = { trusted: judged.doubt === undefined, ...(judged.doubt && { why: judged.doubt }), since: clock.now() };
      await onChange(state, database === undefined ? undefined : Math.round((taken.wall - database) / 1000));
    },
  };
}
