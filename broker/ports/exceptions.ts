import type { Page, RequestOrigin, SignedIn } from '../vocabulary.ts';
import type { Candidate, Named } from './succession.ts';

/**
 * My Number exceptions: one person may do one duty of the My Number zone in an alternative office on a closed line, for eight hours at
 * most. One asks, another one agrees, either of them with a second factor proved lately, and so does who uses it.
 */
export type Exceptions = {
  /** Newest first; `open`: only those that wait or hold. */
  list(input: { person: SignedIn; open: boolean; cursor?: string; limit?: number }): Promise<Page<ZoneException>>;
  /** Whom the asking person may ask for, with the duties that need it. */
  candidates(person: SignedIn): Promise<readonly (Candidate & { readonly duties: readonly { readonly id: string; readonly name: string }[] })[]>;
  /** Throws `not-found` for a person or duty out of reach, `request-invalid` for more than eight hours, `conflict` where one waits or holds already. */
  ask(input: { person: SignedIn; exception: NewZoneException; origin: RequestOrigin }): Promise<ZoneException>;
  /** By the authority or its deputy, another person than who asked and who uses it. Throws `own-exception`, `exception-closed`, `not-found`. */
  agree(input: { person: SignedIn; exceptionId: string; origin: RequestOrigin }): Promise<ZoneException>;
  /** At once, by one person, before or after it was agreed to: sessions under it end. Throws `exception-closed`, `not-found`. */
  end(input: { person: SignedIn; exceptionId: string; reason: string; origin: RequestOrigin }): Promise<ZoneException>;
};

export type NewZoneException = { readonly personId: string; readonly dutyId: string; /** How long it holds from the agreement. */ readonly seconds: number; readonly reason: string };

export type ZoneException = {
  readonly id: string;
  readonly state: 'waiting' | 'holds' | 'over' | 'ended' | 'lapsed';
  readonly person: Candidate;
  readonly duty: { readonly id: string; readonly name: string };
  readonly seconds: number;
  readonly reason: string;
  readonly askedBy: Named;
  readonly askedAt: Date;
  /** When it can no longer be agreed to. */
  readonly closesAt: Date;
  readonly agreedBy?: Named;
  readonly agreedAt?: Date;
  readonly asDeputy?: boolean;
  readonly until?: Date;
  readonly endedBy?: Named;
  readonly endedAt?: Date;
  readonly endReason?: string;
  /** Sessions under it now. */
  readonly sessions: number;
  /** Of the asking person. */
  readonly may: { readonly agree: boolean; readonly end: boolean };
};
