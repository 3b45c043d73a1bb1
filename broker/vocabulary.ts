/** The words that every part of the broker's contract is made of. */
export type Language = 'ja' | 'en';
export const ROLES = ['staff', 'unit-head', 'shelter-manager', 'bcp-admin', 'activation-authority', 'security-officer', 'auditor', 'system-admin'] as const;
export type Role = (typeof ROLES)[number];
export type PriorityClass = 'P0' | 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'PX';
export type Zone = 'internet' | 'lgwan' | 'my-number';
export type Site = 'home' | 'evacuation-site' | 'satellite-office' | 'alternative-office' | 'office' | 'other';
export type Protocol = 'rdp' | 'vnc';
/** Continuity level (継続レベル); R is recovery. */
export type Level = '0' | '1' | '2' | '3' | 'R';
export type LeaseState = 'granted' | 'active' | 'parked' | 'ended';

/**
 * The level that holds for one organisation. `provisional`: one person raised it alone; it counts for duties of the classes
 * P0 to P2 only, and `level` for all others.
 */
export type LevelInForce = {
  /** Counts the organisation's changes of level; 0 before the first. */
  readonly number: number;
  readonly level: Level;
  readonly since?: Date;
  /** Where it was extended: since when it holds without a break. */
  readonly began?: Date;
  /** When it falls by itself. */
  readonly until?: Date;
  readonly provisional?: { readonly level: Level; readonly until: Date };
  readonly event?: ContinuityEvent;
  readonly onset?: Date;
  readonly reason?: string;
};
export type ContinuityEvent = 'earthquake' | 'storm' | 'snow' | 'epidemic' | 'building-failure' | 'system-failure' | 'cyber' | 'other';

/** A rule of telework that a level can take away. */
export type LiftedRule = 'acknowledgement' | 'hours' | 'days';

/** A way that would work, told with a refusal. The nearest comes first. */
export type Help =
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'duty'; readonly dutyId: string; readonly name: string }
  | { readonly kind: 'level'; readonly level: '1' | '2' | '3' }
  | { readonly kind: 'site'; readonly sites: readonly Site[] }
  | { readonly kind: 'time'; readonly at: Date }
  | { readonly kind: 'seat' }
  | { readonly kind: 'ask'; readonly role: Role };

/** Where a request came from, as the edge saw it. None of it is a credential. */
export type RequestOrigin = {
  /** IPv4 or IPv6 address of the client, after trusted proxies were taken off. */
  readonly address: string;
  /** At most 300 characters. */
  readonly userAgent: string;
  /** Value of the long-lived cookie a browser gets at its first complete sign-in; gives it a failure budget of its own. */
  readonly knownBrowser?: string;
};

/** How a complete sign-in was proved. */
export const SIGN_IN_METHODS = ['password-totp', 'password-recovery', 'password-passkey', 'passkey', 'oidc', 'oidc-totp', 'oidc-recovery', 'oidc-passkey', 'bypass'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** What a person may prove beside the password, or instead of it. */
export type SecondFactor = 'totp' | 'passkey' | 'recovery-code';

/** In whole minutes, one at least. */
export type ClockDrift = { readonly phone: 'fast' | 'slow'; readonly minutes: number };

/** Why a complete sign-in is over. `too-many`: the person signed in once more than may stand at once, and it was the oldest. */
export const SIGN_IN_ENDS = ['by-owner', 'by-owner-elsewhere', 'idle', 'expired', 'account-disabled', 'replaced', 'by-provider', 'bypass-ended', 'device-revoked', 'too-many'] as const;
export type SignInEnd = (typeof SIGN_IN_ENDS)[number];

export type SignedIn = {
  readonly signInId: string;
  readonly personId: string;
  readonly organisationId: string;
  readonly username: string;
  readonly displayName: string;
  readonly organisationName: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly language: Language;
  readonly grants: readonly Grant[];
  /** A place in the succession order (代行順位), or a deputyship; absent where there is neither. */
  readonly standsIn?: StandsIn;
  /** When the second factor was last proved. */
  readonly provedAt: Date;
  readonly method: SignInMethod;
  /** Of {@link grants}, each once. */
  readonly roles: readonly Role[];
  readonly duties: readonly { readonly id: string; readonly name: string; readonly class: PriorityClass; readonly zone: Zone }[];
  readonly since: Date;
  /** When it ends, whatever is done with it; policy, level and roles may move it. */
  readonly expiresAt: Date;
  /** It ends where nothing is asked with it for so long. */
  readonly idleSeconds: number;
  /** So long before either end its person is told. */
  readonly warnSeconds: number;
  /** The complete sign-in before this one. */
  readonly previousSignIn?: { readonly at: Date; readonly address: string; readonly method: SignInMethod };
};

export type Grant = {
  readonly role: Role;
  readonly organisationId: string;
  /** Null: the whole organisation. */
  readonly unitId: string | null;
  /** The unit with everything below; empty for the whole organisation. */
  readonly unitIds: readonly string[];
};

/** `deputy`: a deputyship (代行) that nobody has ended; time may have. */
export type StandsIn = { readonly deputy?: { readonly id: string; readonly since: Date; readonly until: Date } };

export type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null };
