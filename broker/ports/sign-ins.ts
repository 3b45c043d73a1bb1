import type { Language, Page, RequestOrigin, SecondFactor, SignedIn, SignInEnd, SignInMethod, Site } from '../vocabulary.ts';

/** Bearer secret of a browser session: 256 random bits in base64url. Only its SHA-256 is stored. */
export type SessionToken = string;

export type SignIns = {
  /** First step. The answer and the work done are the same for an unknown user and a wrong password. Throws `credentials-wrong`, `too-many-attempts`, `sign-in-busy`. */
  withPassword(input: { username: string; password: string; origin: RequestOrigin }): Promise<HalfSignIn>;
  /** The authenticator being enrolled in a half-finished sign-in; made at the first call, the same afterwards. Throws `enrolment-not-open`. */
  enrolment(input: { token: SessionToken; origin: RequestOrigin }): Promise<{ otpauthUri: string; secret: string }>;
  /** Confirms the enrolment with a code and completes the sign-in. */
  confirmEnrolment(input: { token: SessionToken; code: string; origin: RequestOrigin }): Promise<CompleteSignIn>;
  /** Second step. Full-width digits and blanks are accepted. Throws `one-time-code-wrong`, `one-time-code-clock-drift`, `one-time-code-used`, `one-time-code-clock-untrusted`, `too-many-attempts`, `sign-in-required`. */
  withTotp(input: { token: SessionToken; code: string; origin: RequestOrigin }): Promise<CompleteSignIn>;
  /** Second step without a phone: a printed code, once. Throws `recovery-code-wrong`, `recovery-code-used`, `too-many-attempts`, `sign-in-required`. */
  withRecoveryCode(input: { token: SessionToken; code: string; origin: RequestOrigin }): Promise<CompleteSignIn>;
  /** Says whom an invitation is for, without using it. Throws `invitation-invalid`. */
  invitation(input: { token: string; origin: RequestOrigin }): Promise<{ displayName: string; username: string }>;
  /** Sets the first password and begins a sign-in. Throws `invitation-invalid`, `password-unsuitable`. */
  redeemInvitation(input: { token: string; password: string; origin: RequestOrigin }): Promise<HalfSignIn>;
  /** Who holds this session now. Throws `sign-in-required`, or `sign-in-incomplete` for a half-finished one. Marks it as seen, unless nobody is at the page that asks. */
  resolve(token: SessionToken | undefined, asked?: { readonly unattended?: boolean }): Promise<SignedIn>;
  /** The same without marking it as seen, so that an open page keeps no idle sign-in alive. Undefined where it no longer stands. */
  peek(token: SessionToken): Promise<SignedIn | undefined>;
  /** Those of these complete sign-ins that stand, unmarked too, each with a word that is another one when the person's unit or roles are. */
  standing(signInIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Proves the second factor once more, for what asks for a fresh one. Throws as {@link withTotp}. */
  stepUp(input: { person: SignedIn; code: string; origin: RequestOrigin }): Promise<{ readonly freshUntil: Date }>;
  signOut(input: { token: SessionToken; origin: RequestOrigin }): Promise<void>;
  setLanguage(input: { person: SignedIn; language: Language }): Promise<void>;
  /** The person's own sign-ins, newest first. */
  history(input: { person: SignedIn; cursor?: string; limit?: number }): Promise<Page<SignInRecord>>;
  /** Ends one of the person's own sign-ins and the leases it holds. Throws `not-found`. */
  endOwn(input: { person: SignedIn; signInId: string; origin: RequestOrigin }): Promise<void>;
  /** The person's own sign-ins that stand, newest first. */
  open(input: { person: SignedIn }): Promise<readonly OpenSignIn[]>;
  /** Ends all of the person's own sign-ins but the one that asks, with their leases, and what is half finished. */
  endOthers(input: { person: SignedIn; origin: RequestOrigin }): Promise<{ readonly ended: number }>;
  /** The same, and the one that asks as well. */
  endAll(input: { person: SignedIn; origin: RequestOrigin }): Promise<void>;
};

/** `ways`: all that would do as the second step. */
export type HalfSignIn = { readonly next: 'totp' | 'passkey' | 'enrol'; readonly ways: readonly SecondFactor[]; readonly token: SessionToken; readonly expiresAt: Date };
export type CompleteSignIn = { readonly token: SessionToken; readonly expiresAt: Date; readonly signedIn: SignedIn; /** To set as the known-browser cookie. */ readonly knownBrowser: string };

export type SignInRecord = {
  readonly id: string;
  readonly at: Date;
  readonly address: string;
  readonly userAgent: string;
  readonly outcome: 'complete' | 'wrong-password' | 'wrong-code' | 'used-code' | 'throttled';
  /** Of a complete one. */
  readonly method?: SignInMethod;
  readonly current: boolean;
  /** Where the address lies, by the networks of the policy; absent where no network holds it. */
  readonly site?: Site;
  readonly endedAt?: Date;
  readonly endedBecause?: SignInEnd;
};

export type OpenSignIn = {
  readonly id: string;
  readonly at: Date;
  /** To the minute. */
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly address: string;
  readonly site?: Site;
  readonly userAgent: string;
  readonly method: SignInMethod;
  readonly current: boolean;
};
