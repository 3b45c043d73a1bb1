import { events, type AuditEvent } from '../../audit/index.ts';
import type { Log } from '../../environment.ts';
import type { ServerClockDeps } from './server-clock.ts';

/** The alarm: on the trail and in the operational log, when doubt begins, changes and ends. */
export function tellClock({ note, log }: { readonly note: (event: AuditEvent<'best-effort'>) => Promise<void>; readonly log: Log }): ServerClockDeps['onChange'] {
  return async ({ why }, secondsFromDatabase) => {
    const figures = { actor: { kind: 'system' }, ...(secondsFromDatabase !== undefined && { secondsFromDatabase }) } as const;
    if (why === undefined) {
      log.info('the clock of this machine is believed again', { kind: 'clock' });
      await note(events.serverClockTrusted(figures));
    } else {
      log.error('the clock of this machine is not believed: one-time codes are refused, recovery codes and passkeys go on', { kind: 'clock', reason: why });
      await note(events.serverClockDoubted({ ...figures, why }));
    }
  };
}
