/**
 * The contract between the policy enforcement point (gateway) and the policy decision point (broker), in the sense of
 * NIST SP 800-207. The gateway knows the broker through this file alone. Every method may throw a {@link Refusal} with
 * a code of {@link CODES}; anything else thrown is a fault.
 */
import type { Code } from './codes.ts';

export { CODES, type Code } from './codes.ts';
export { Refusal, type RefusalDetails } from './refusal.ts';

export type Broker = {
  readonly signIns: SignIns;
  readonly desktops: Desktops;
  readonly leases: Leases;
  readonly trail: TrailPort;
  /** True once the database answers and its migrations are at the version this program needs. */
  ready(): Promise<boolean>;
  /** Calls back when a lease that a relay may be carrying has ended or its sign-in has: within 5 s of the fact, whichever process did it. */
  onLeaseEnded(listener: (leaseId: string, code: Code) => void): () => void;
  close(): Promise<void>;
};

export type Language = 'ja' | 'en';
export type Role = 'staff' | 'unit-head' | 'shelter-manager' | 'bcp-admin' | 'activation-authority' | 'security-officer' | 'auditor' | 'system-admin';
export type PriorityClass = 'P0' | 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'PX';
export type Zone = 'internet' | 'lgwan' | 'my-number';
export type Site = 'home' | 'evacuation-site' | 'satellite-office' | 'alternative-office' | 'office' | 'other';
export type Protocol = 'rdp' | 'vnc';
export type LeaseState = 'granted' | 'active' | 'parked' | 'ended';

/** Where a request came from, as the edge saw it. None of it is a credential. */
export type RequestOrigin = {
  /** IPv4 or IPv6 address of the client, after trusted proxies were taken off. */
  readonly address: string;
  /** At most 300 characters. */
  readonly userAgent: string;
  /** Value of the long-lived cookie a browser gets at its first complete sign-in; gives it a failure budget of its own. */
  readonly knownBrowser?: string;
};

/** Bearer secret of a browser session: 256 random bits in base64url. Only its SHA-256 is stored. */
export type SessionToken = string;

export type SignIns = {
  /** First step. The answer and the work done are the same for an unknown user and a wrong password. Throws `credentials-wrong`, `too-many-attempts`. */
  withPassword(input: { username: string; password: string; origin: RequestOrigin }): Promise<HalfSignIn>;
  /** The authenticator being enrolled in a half-finished sign-in; made at the first call, the same afterwards. Throws `enrolment-not-open`. */
  enrolment(input: { token: SessionToken; origin: RequestOrigin }): Promise<{ otpauthUri: string; secret: string }>;
  /** Confirms the enrolment with a code and completes the sign-in. */
  confirmEnrolment(input: { token: SessionToken; code: string; origin: RequestOrigin }): Promise<CompleteSignIn>;
  /** Second step. Full-width digits and blanks are accepted. Throws `one-time-code-wrong`, `one-time-code-used`, `too-many-attempts`, `sign-in-required`. */
  withTotp(input: { token: SessionToken; code: string; origin: RequestOrigin }): Promise<CompleteSignIn>;
  /** Says whom an invitation is for, without using it. Throws `invitation-invalid`. */
  invitation(input: { token: string; origin: RequestOrigin }): Promise<{ displayName: string; username: string }>;
  /** Sets the first password and begins a sign-in. Throws `invitation-invalid`, `password-unsuitable`. */
  redeemInvitation(input: { token: string; password: string; origin: RequestOrigin }): Promise<HalfSignIn>;
  /** Who holds this session now. Throws `sign-in-required`, or `sign-in-incomplete` for a half-finished one. Marks it as seen. */
  resolve(token: SessionToken | undefined): Promise<SignedIn>;
  signOut(input: { token: SessionToken; origin: RequestOrigin }): Promise<void>;
  setLanguage(input: { person: SignedIn; language: Language }): Promise<void>;
  /** The person's own sign-ins, newest first. */
  history(input: { person: SignedIn; cursor?: string; limit?: number }): Promise<Page<SignInRecord>>;
  /** Ends one of the person's own sign-ins and the leases it holds. Throws `not-found`. */
  endOwn(input: { person: SignedIn; signInId: string; origin: RequestOrigin }): Promise<void>;
};

export type HalfSignIn = { readonly next: 'totp' | 'enrol'; readonly token: SessionToken; readonly expiresAt: Date };
export type CompleteSignIn = { readonly token: SessionToken; readonly expiresAt: Date; readonly signedIn: SignedIn; /** To set as the known-browser cookie. */ readonly knownBrowser: string };

export type SignedIn = {
  readonly signInId: string;
  readonly personId: string;
  readonly organisationId: string;
  readonly username: string;
  readonly displayName: string;
  readonly organisationName: string;
  readonly unitName: string;
  readonly language: Language;
  readonly roles: readonly Role[];
  readonly duties: readonly { readonly id: string; readonly name: string; readonly class: PriorityClass; readonly zone: Zone }[];
  readonly since: Date;
  readonly expiresAt: Date;
  /** The complete sign-in before this one. */
  readonly previousSignIn?: { readonly at: Date; readonly address: string };
};

export type SignInRecord = {
  readonly id: string;
  readonly at: Date;
  readonly address: string;
  readonly userAgent: string;
  readonly outcome: 'complete' | 'wrong-password' | 'wrong-code' | 'used-code' | 'throttled';
  readonly current: boolean;
  readonly endedAt?: Date;
};

export type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null };

export type Desktops = {
  /** The desktops this person may ask for, with what is known of their state now. */
  listFor(person: SignedIn): Promise<readonly DesktopView[]>;
};

export type DesktopView = {
  readonly id: string;
  readonly name: string;
  readonly protocol: Protocol;
  readonly credentials: 'stored' | 'ask';
  /** `in-use-by-me`: the person holds a lease on it; `in-use`: somebody else does; `unreachable`: nothing answers at its address. */
  readonly state: 'ready' | 'in-use' | 'in-use-by-me' | 'unreachable' | 'disabled';
  readonly leaseId?: string;
  /** When the state was last measured. */
  readonly checkedAt?: Date;
};

export type Leases = {
  /**
   * Admission: decides, and applies the decision in the same transaction. A person who already holds an open lease on
   * the desktop gets that one. Throws a Refusal whose `details.reasons` are the decision's reasons.
   */
  request(input: LeaseRequest): Promise<LeaseView>;
  /** Throws `lease-unknown` for what is not there and for what is another person's. */
  get(input: { person: SignedIn; leaseId: string }): Promise<LeaseView>;
  /** Ends it; ending an ended one changes nothing. */
  end(input: { person: SignedIn; leaseId: string; origin: RequestOrigin }): Promise<void>;
  /**
   * A relay is about to carry this lease: checks owner, sign-in, state and expiry again, moves it to `active` and hands out what
   * the connection needs. At most one caller succeeds until {@link released}. Throws `lease-unknown`, `lease-ended`, `lease-expired`, `lease-in-use`, and every admission reason that now holds.
   */
  claim(input: { person: SignedIn; leaseId: string; origin: RequestOrigin }): Promise<ClaimedLease>;
  /** The relay has shown the first picture. */
  connected(claim: { leaseId: string; relayId: string }): Promise<void>;
  /** The relay is over. `left` and `gateway-stopping` park the lease for the policy's window, so that its owner can come back; everything else ends it. */
  released(claim: { leaseId: string; relayId: string }, end: RelayEnd): Promise<void>;
};

export type LeaseRequest = {
  readonly person: SignedIn;
  readonly desktopId: string;
  readonly dutyId: string;
  readonly origin: RequestOrigin;
  /** For a desktop whose credentials are asked for. Held in memory until the handshake, never stored or logged. */
  readonly credentials?: DesktopCredentials;
};

export type DesktopCredentials = { readonly username: string; readonly password: string; readonly domain?: string };

export type LeaseView = {
  readonly id: string;
  readonly state: LeaseState;
  readonly desktopId: string;
  readonly desktopName: string;
  readonly protocol: Protocol;
  readonly dutyName: string;
  readonly site: Site;
  readonly grantedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt?: Date;
  readonly endedBecause?: Code | 'ended-by-owner' | 'not-used' | 'desktop-ended' | 'parking-expired' | 'sign-in-ended';
};

export type ClaimedLease = {
  readonly leaseId: string;
  /** Names this one carrying of the lease; needed to release it. */
  readonly relayId: string;
  readonly expiresAt: Date;
  readonly connection: {
    readonly protocol: Protocol;
    readonly host: string;
    readonly port: number;
    readonly credentials: Partial<DesktopCredentials>;
    readonly parameters: Readonly<Record<string, string>>;
  };
};

export type RelayEnd = {
  readonly cause: 'left' | 'desktop-ended' | 'desktop-unreachable' | 'guacd-unreachable' | 'desktop-log-in-failed' | 'protocol-violation' | 'too-slow' | 'ended-by-gateway' | 'gateway-stopping';
  /** Guacamole status the browser was told. */
  readonly status: number;
  readonly connectedSeconds: number;
  readonly bytesToBrowser: number;
  readonly bytesFromBrowser: number;
  /** What the channel guard refused, by kind such as `client:clipboard` or `server:file`. Never contents. */
  readonly refused: Readonly<Record<string, { readonly count: number; readonly bytes: number }>>;
};

/** What the edge itself has to put on the audit trail. */
export type TrailPort = {
  /** A relay's upgrade was refused. */
  relayRefused(input: { code: Code; leaseId?: string; person?: SignedIn; origin: RequestOrigin }): Promise<void>;
  /** The remote side sent an opcode that nobody knows. */
  unknownOpcode(input: { leaseId: string; opcode: string }): Promise<void>;
};
