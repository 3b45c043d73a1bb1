import { refusal } from '../refusals.ts';

/** Whether one-time codes, which are made from the time, can be judged now. */
export type TrustedClock = { trusted(): boolean };

/** @throws Refusal `one-time-code-clock-untrusted`; recovery codes and passkeys go on working */
export function requireTrustedClock(clock: TrustedClock): void {
  if (!clock.trusted()) throw refusal('one-time-code-clock-untrusted');
}
