import { Refusal } from '../../port.ts';
import { readPassword } from '../typed.ts';
import type { SignInPolicy } from '../policy.ts';
import * as argon2id from './argon2id.ts';
import { createQueue, FIRST, type Asking } from './queue.ts';
import { unsuitable, type Unsuitable } from './rules.ts';

/** One for each process: it bounds the work of all sign-ins together. */
export type Passwords = {
  /**
   * Always does the work of one hash, also where there is nothing to compare with.
   * @param asking who asks, since whoever else asks waits for a turn; without it, before all others
   * Throws `sign-in-busy`, `request-invalid`.
   */
  isRight(typed: string, stored: string | null, asking?: Asking): Promise<boolean>;
  /** True when the stored form should be made anew from a password that was just right. */
  isOutdated(stored: string): boolean;
  /** The form to store, of somebody who has proved something already. Throws `sign-in-busy`. */
  hash(typed: string): Promise<string>;
  /** Throws `password-unsuitable` with what is expected. */
  assertSuitable(typed: string, username: string): void;
};

export type PasswordsDeps = {
  readonly policy: Pick<SignInPolicy, 'password' | 'hashing'>;
  readonly algorithm?: Pick<typeof argon2id, 'hash' | 'verify' | 'isOutdated' | 'impossible'>;
};

/** @throws Error when this Node.js cannot hash passwords */
export function createPasswords({ policy, algorithm = argon2id }: PasswordsDeps): Passwords {
  argon2id.assertArgon2();
  const queue = createQueue(policy.hashing);
  const nobodys = algorithm.impossible();

  return {
    isRight(typed, stored, asking = FIRST) {
      const password = readPassword(typed);
      return queue.run(() => algorithm.verify(password, stored ?? nobodys), asking);
    },
    isOutdated: (stored) => algorithm.isOutdated(stored),
    hash(typed) {
      const password = readPassword(typed);
      return queue.run(() => algorithm.hash(password));
    },
    assertSuitable(typed, username) {
      const why = unsuitable(readPassword(typed), username, policy.password);
      if (why) throw new Refusal('password-unsuitable', { fields: [{ path: 'password', expected: expected(why, policy.password) }] });
    },
  };
}

function expected(why: Unsuitable, { shortest, longest }: SignInPolicy['password']): string {
  switch (why) {
    case 'length':
      return `${shortest} to ${longest} characters`;
    case 'username':
      return 'not containing the username';
    case 'common':
      return 'not a common password';
  }
}
