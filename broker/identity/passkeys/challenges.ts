import { createHash } from 'node:crypto';
import type { Clock } from '../../environment.ts';
import type { SecretBox } from '../../secret-box.ts';
import type { Connection } from '../../store/index.ts';

/** Milliseconds that a person may look for the key. */
const LIFE = 5 * 60_000;

/** What a challenge is for. `boundTo`: the half or complete sign-in in which it was given out; null where nobody is anybody yet. */
export type ChallengeFor = { readonly purpose: 'register' | 'second-step' | 'alone' | 'step-up'; readonly boundTo: string | null };

type Deps = { readonly clock: Clock; readonly secretBox: Pick<SecretBox, 'seal' | 'open'> };

/** A sealed moment, in base64url: nobody else can make one, and asking for many fills no table. */
export function giveChallenge({ clock, secretBox }: Deps, whatFor: ChallengeFor): string {
  return secretBox.seal(String(clock.now().getTime() + LIFE), contextOf(whatFor)).toString('base64url');
}

/**
 * Whether this is a challenge of ours, for this, in time and answered for the first time. Of all who bring it, in whichever process,
 * one hears true; it is used up whatever comes of the answer.
 */
export async function takeChallenge(connection: Connection, { clock, secretBox }: Deps, challenge: string, whatFor: ChallengeFor): Promise<boolean> {
  const until = readMoment(secretBox, challenge, whatFor);
  if (until === undefined || until <= clock.now()) return false;
  const challengeHash = createHash('sha256').update(Buffer.from(challenge, 'base64url')).digest();
  const taken = await connection
    .insertInto('used_passkey_challenge')
    .values({ challenge_hash: challengeHash, expires_at: until })
    .onConflict((conflict) => conflict.doNothing())
    .returning('expires_at')
    .executeTakeFirst();
  return taken !== undefined;
}

function readMoment(secretBox: Deps['secretBox'], challenge: string, whatFor: ChallengeFor): Date | undefined {
  try {
    return new Date(Number(secretBox.open(Buffer.from(challenge, 'base64url'), contextOf(whatFor)).toString()));
  } catch {
    return undefined;
  }
}

const contextOf = ({ purpose, boundTo }: ChallengeFor): string => `passkey-challenge:${purpose}:${boundTo ?? 'nobody'}`;
