import type { Log } from '../log.ts';
import type { Account } from './account.ts';
import type { DesktopFacts, DesktopOrder } from './messages.ts';

/** What a desktop is made from. */
export interface DesktopPlace {
  readonly order: DesktopOrder;
  /** The desktop's own directory; everybody may walk through it. */
  readonly base: string;
  readonly account: Account;
  /** The account's password. */
  readonly password: string;
  /** Environment entry that marks the desktop's processes. */
  readonly marker: Readonly<Record<string, string>>;
  readonly log: Log;
  /** Remembers what must be undone when the desktop ends, whether or not it came up; the last is undone first. */
  readonly onEnd: (undo: () => Promise<unknown>) => void;
}

export interface Desktop {
  readonly facts: DesktopFacts;
  /** Environment for a command in the desktop. Throws when nobody is logged in on it. */
  environment(): Promise<NodeJS.ProcessEnv>;
}
