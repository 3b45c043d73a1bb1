import { type Broker, type ClaimedLease, type Code, type SignedIn } from '../../broker/port.ts';
import type { Log } from '../log/index.ts';
import type { Relay } from '../relay/index.ts';
import { codeOf } from './problem.ts';

/** How often the sign-in behind a relay is asked for, in milliseconds. */
const LOOK = 60_000;
/** The longest delay of a Node timer, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

export type RelayWatchDeps = {
  readonly signIns: Pick<Broker['signIns'], 'resolve' | 'peek'>;
  readonly leases: Pick<Broker['leases'], 'active'>;
  readonly relay: Pick<Relay, 'live'>;
  readonly clock: { now(): Date };
  readonly log: Log;
  endRelay(code: Code): void;
};

/**
 * Ends a relay when its lease or its sign-in runs out, whichever is first. While somebody presses or moves
 * something, the sign-in counts as in use; else who is at work on the desktop would be signed out for idleness. The lease is told as well,
 * since of sessions alike in all else the longest idle yields first.
 */
export function watchRelay(deps: RelayWatchDeps, { lease, person, token }: { lease: ClaimedLease; person: SignedIn; token: string }): { stop(): void } {
  let stopped = false;
  let expiry: NodeJS.Timeout | undefined;
  const endAt = (signInEnds: Date) => {
    const [end, code]: [Date, Code] = lease.expiresAt <= signInEnds ? [lease.expiresAt, 'lease-expired'] : [signInEnds, 'sign-in-required'];
    const left = end.getTime() - deps.clock.now().getTime();
    const over = () => (code === 'lease-expired' ? deps.endRelay(code) : void signInOver());
    if (!stopped) expiry = setTimeout(over, Math.min(LONGEST_TIMER, Math.max(0, left))).unref();
  };
  /** A level or the policy may have lengthened it meanwhile. Whoever cannot be asked for is over. */
  const signInOver = async () => {
    const now = await deps.signIns.peek(token).catch(() => undefined);
    if (now !== undefined && now.expiresAt > deps.clock.now()) endAt(now.expiresAt);
    else deps.endRelay('sign-in-required');
  };
  endAt(person.expiresAt);

  let heard: number | undefined;
  const look = async () => {
    const at = deps.relay.live().find(({ leaseId }) => leaseId === lease.leaseId)?.lastInputAt;
    const last = at?.getTime();
    if (last === heard) return;
    heard = last;
    await deps.signIns.resolve(token);
    if (at !== undefined) await deps.leases.active([{ leaseId: lease.leaseId, relayId: lease.relayId, at }]);
  };
  const looking = setInterval(() => {
    look().catch((error: unknown) => {
      const found = codeOf(error);
      // A database that does not answer for a moment is no reason to take somebody's screen away.
      if (found === 'internal-error') deps.log.warn('the sign-in of a relay could not be asked for', { leaseId: lease.leaseId, error });
      else deps.endRelay(found);
    });
  }, LOOK).unref();

  return {
    stop() {
      stopped = true;
      clearTimeout(expiry);
      clearInterval(looking);
    },
  };
}
