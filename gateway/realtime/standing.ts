import type { Broker } from '../../broker/port.ts';
import type { Log } from '../log/index.ts';
import type { Member } from './member.ts';

/** Between two looks at whether everybody who listens is still signed in, in milliseconds. */
const PAUSE = 2_000;
/** Rights that are read at once. */
const AT_ONCE = 8;

export type StandingDeps = {
  readonly signIns: Pick<Broker['signIns'], 'peek' | 'standing'>;
  /** Everybody who listens here. */
  readonly members: ReadonlySet<Member>;
  readonly log: Log;
};

/**
 * Sends away whose sign-in is over, and gives the others the rights they have now: at once when a change of that person
 * is heard, and by looking, so that nothing hangs on a notification alone.
 */
export type Standing = { personChanged(personId: string): void; start(): void; /** Looks now. */ look(): void; stop(): Promise<void> };

export function createStanding({ signIns, members, log }: StandingDeps): Standing {
  /** The word that stood for each one's rights when they were last read. */
  const words = new WeakMap<Member, string>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let stopped = false;

  const refresh = async (member: Member) => {
    const person = await signIns.peek(member.token);
    if (!members.has(member)) return;
    if (person === undefined) member.signedOut();
    else member.holds(person);
  };
  const refreshAll = async (which: readonly Member[]) => {
    for (let from = 0; from < which.length; from += AT_ONCE) await Promise.all(which.slice(from, from + AT_ONCE).map(refresh));
  };
  const lookOnce = async () => {
    const asked = [...members];
    if (asked.length === 0) return;
    const standing = await signIns.standing([...new Set(asked.map((member) => member.person().signInId))]);
    const others = asked.filter((member) => words.get(member) !== standing.get(member.person().signInId) || !standing.has(member.person().signInId));
    await refreshAll(others);
    for (const member of others) words.set(member, standing.get(member.person().signInId) ?? '');
  };
  const quietly = (work: Promise<void>) => work.catch((error: unknown) => log.warn('the rights of those who listen could not be read', { error }));
  const look = () => {
    clearTimeout(timer);
    looking ??= quietly(lookOnce()).finally(() => {
      looking = undefined;
      if (!stopped) timer = setTimeout(look, PAUSE);
    });
  };

  return {
    personChanged(personId) {
      void quietly(refreshAll([...members].filter((member) => member.person().personId === personId)));
    },
    start: look,
    look,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
