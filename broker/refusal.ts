import { CODES, type Code } from './codes.ts';
import type { ClockDrift, Help, Language, SignInEnd } from './vocabulary.ts';

/** A refusal with a stable code. Thrown by the broker, turned into an answer only at the edge. Safe to show. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: Code;
  readonly details: RefusalDetails;

  constructor(code: Code, details: RefusalDetails = {}, options?: { cause?: unknown }) {
    super(code, options);
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return CODES[this.code].http;
  }
}

/** What the policy itself says about a reason. */
export type Said = Partial<Readonly<Record<Code, Readonly<Record<Language, string>>>>>;

export type RefusalDetails = {
  /** Seconds until another try may succeed. */
  readonly retryAfterSeconds?: number;
  /** Reasons of an admission decision, the first one decisive. */
  readonly reasons?: readonly Code[];
  readonly said?: Said;
  /** What would work instead, the nearest first. */
  readonly help?: readonly Help[];
  /** `wait`: nothing but a free seat or desktop is missing. */
  readonly outcome?: 'wait' | 'refuse';
  /** The place in the queue that was given or kept instead. */
  readonly waitingId?: string;
  /** By how much the clock of the phone that showed the code is off. */
  readonly clockDrift?: ClockDrift;
  /** About how many are served before, of those who wait for their turn to sign in. */
  readonly before?: number;
  /** Why the sign-in that was shown is over, told to whoever held it. */
  readonly ended?: SignInEnd;
  /** Fields of the request that are wrong: a path such as `credentials.username` and what is expected there. */
  readonly fields?: readonly { readonly path: string; readonly expected: string }[];
};
