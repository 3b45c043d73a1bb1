import type { Language, Level, PriorityClass, Role, Site, Zone } from '../port.ts';
import type { ROLES_BY_CLAIM, SIGNATURES } from './documents/oidc.ts';
import type { DAYS } from './documents/telework.ts';

/** The rules in force, as the files of policies/ state them together. */
export type Policy = {
  /** SHA-256 (hex) over the names and bytes of all its files. Each decision cites it. */
  readonly version: string;
  readonly networks: readonly Network[];
  /** The site of an address that no network holds; undefined: such an address is refused. */
  readonly everywhereElse: Site | undefined;
  readonly zones: Readonly<Record<Zone, Readonly<Record<Site, Access>>>>;
  readonly levels: Readonly<Record<Level, LevelRules>>;
  readonly classes: Readonly<Record<PriorityClass, ClassRules>>;
  /** Narrower rules for single duties. Of two that fit, the one that names the organisation counts. */
  readonly duties: readonly DutyRules[];
  /** For telework in general; what is not there is not asked. */
  readonly telework?: TeleworkRules;
  /** Absent: no duty is handed over. */
  readonly delegation?: DelegationRules;
  /** Absent: no account is made that ends by itself. */
  readonly loanedStaff?: LoanedStaffRules;
  /** Absent: no passkeys, and no sign-in by recovery code ever changes factors. */
  readonly secondFactors?: SecondFactorRules;
  readonly capacity: Capacity;
  readonly durations: Durations;
  /** Absent: nobody signs in by an identity provider. */
  readonly oidc?: OidcRules;
  /** Absent: there is no shelter bypass. */
  readonly bypass?: BypassRules;
  /** Absent: no device can be registered, and none counts. */
  readonly devices?: DeviceRules;
  /** How people prove who they are, and for how long it holds. */
  readonly signIn: { readonly limits: SignInLimitRules };
};

/** The shelter bypass (避難所バイパス). In seconds where nothing else is said. */
export type BypassRules = {
  /** The lowest level at which it is possible. */
  readonly fromLevel: 0 | 1 | 2 | 3;
  /** For duties of these classes only. */
  readonly classes: readonly PriorityClass[];
  /** Where it may be used. */
  readonly sites: readonly Site[];
  /** Open or in use, in one organisation. */
  readonly atOnce: number;
  /** Issued within 24 hours. */
  readonly aPersonADay: number;
  readonly approveWithin: number;
  /** 900 at most. */
  readonly redeemWithin: number;
  /** Of the sign-in; 28800 at most. */
  readonly lasts: number;
};

/** `validFor`: seconds from its approval. */
export type DeviceRules = { readonly aPerson: number; readonly validFor: number };

/** What a zone asks of a site. Ordered from loose to strict. */
export const NEEDS = ['allow', 'registered-device', 'exception', 'forbid'] as const;
export type Need = (typeof NEEDS)[number];
/** `liftedFrom`: from this level on the need is no longer asked. */
export type Access = { readonly needs: Need; readonly liftedFrom: 1 | 2 | 3 | undefined };

/** `ranges` are CIDR; `organisation` is an organisation's name, or undefined where the network is everybody's. */
export type Network = { readonly site: Site; readonly ranges: readonly string[]; readonly organisation: string | undefined };

export type LevelRules = {
  /** Seconds after which the level falls by one; undefined for level 0, which stays. */
  readonly expiresAfter: number | undefined;
  /** Seconds before that at which those who watch the level are warned, the longest first. */
  readonly warnBefore: readonly number[];
  /** Classes that nobody is admitted for. */
  readonly suspended: readonly PriorityClass[];
  /** Seconds between the notice of a session that may not go on and its end. */
  readonly grace: number;
  /** Classes for which less urgent sessions yield their seats. */
  readonly preempting: readonly PriorityClass[];
  /** When classes become due. A record: seconds after the level began; what it does not name is due at once, and so is P0 always. */
  readonly due: 'at-once' | 'by-target' | Readonly<Partial<Record<PriorityClass, number>>>;
  /** Seconds after the level began at which classes are let in again; what it does not name is at once. Of recovery alone. */
  readonly stages?: Readonly<Partial<Record<PriorityClass, number>>>;
};

export type ClassRules = {
  /** Target time (目標時間) in seconds since the onset; 0 is immediately. */
  readonly target: number;
  /** The lowest level at which work of this class may be done from outside the office. */
  readonly outsideFromLevel: 0 | 1 | 2 | 3;
};

/** A rule that is undefined is the class's or the zone's. */
export type DutyRules = {
  readonly name: string;
  readonly organisation: string | undefined;
  readonly outsideFromLevel: 0 | 1 | 2 | 3 | undefined;
  /** The only sites it may be done from. */
  readonly sites: readonly Site[] | undefined;
  /** It is never done by telework, and why. */
  readonly notTeleworkable?: PolicyText;
  /** Instead of those for everybody. */
  readonly hours?: Hours;
  readonly days?: DayLimit;
};

/** What the policy itself says to people. */
export type PolicyText = Readonly<Record<Language, string>>;

/** From this level on it is not asked; undefined: none lifts it. */
type LiftedFrom = 1 | 2 | 3 | undefined;

export type TeleworkRules = {
  readonly acknowledgement?: RulesToAcknowledge;
  /** Days in Japan, `2027-01-01`. */
  readonly holidays: readonly string[];
  readonly hours?: Hours;
  readonly days?: DayLimit;
};

/** `digest`: SHA-256 (hex) of the text in both languages. `liftedFor`: seconds after the level began; there where `liftedFrom` is. */
export type RulesToAcknowledge = { readonly version: string; readonly digest: string; readonly rules: PolicyText; readonly liftedFrom: LiftedFrom; readonly liftedFor: number | undefined };

/** In seconds. */
export type DelegationRules = { readonly longest: number; /** Duties of the zone My Number may be handed over as well. */ readonly myNumber: boolean };
/** In seconds. `warnBefore`: before the end, the longest first. */
export type LoanedStaffRules = { readonly longest: number; readonly warnBefore: readonly number[] };

/** `alone`: a passkey that checked its owner (PIN, finger, face) is enough without a password. */
export type SecondFactorRules = {
  readonly passkeys: 'off' | 'second-factor' | 'alone';
  /** Seconds that factors may be changed in a sign-in by recovery code after an administrator has vouched for the person. */
  readonly reProof: number;
  /** Seconds that the server's clock may go without its time source before one-time codes are refused. */
  readonly clockAlone: number;
};

export type DayName = (typeof DAYS)[number];
/** Minutes from midnight in Japan, `until` not included. */
export type OpenHours = { readonly days: readonly DayName[]; readonly from: number; readonly until: number };
export type Hours = { readonly open: readonly OpenHours[]; readonly liftedFrom: LiftedFrom };
/** Days of telework of one person; a week begins on Monday. */
export type DayLimit = { readonly week: number | undefined; readonly month: number | undefined; readonly liftedFrom: LiftedFrom };

/** Seats, by weight. What is not there is not limited. */
export type Capacity = {
  readonly total: number | undefined;
  /** Of organisations and units; at most one for each path. */
  readonly shares: readonly Share[];
  /** Of `total`, kept free for class P0. */
  readonly reserve: number;
  /** Free seats that classes which are not due yet leave to the others. */
  readonly surplusKeeps: number;
  /** Of each guacd. */
  readonly guacd: number | undefined;
};

/** `path`: name of the organisation, then the names of units from the top down. The share is the unit's with everything below it. */
export type Share = { readonly path: readonly string[]; /** Guaranteed; 0: nothing is. */ readonly floor: number; readonly most: number | undefined };

/** In seconds. */
export type Durations = {
  /** The longest a lease lasts from its grant. */
  readonly lease: number;
  /** A granted lease that no relay has claimed by then ends. */
  readonly unused: number;
  /** How long a desktop is kept for a person whose browser is gone. */
  readonly parking: number;
  /** How long one person alone can raise the level; 7200 at most. */
  readonly provisional: number;
  /** A proposal that nobody approved by then is closed. */
  readonly proposal: number;
  /** How old the second factor may be for an approval. */
  readonly freshFactor: number;
  /** The longest that a deputy stands in. */
  readonly deputy: number;
  /** The longest that a My Number exception holds; 28800 at most. */
  readonly exception: number;
  /** So long before its target time a class becomes due. */
  readonly dueBefore: number;
  /** Who has waited so long counts as one class more urgent. */
  readonly ageing: number;
  /** A session so young never yields its seat. */
  readonly tenure: number;
  /** How much longer a session that yields may go on, once; 0: no longer. */
  readonly extension: number;
  /** A seat from the queue that was not taken by then goes to the next. */
  readonly sitDown: number;
  /** How long a place in the queue is kept for a person whose page is gone. */
  readonly placeKept: number;
  /** Who was not seen for so long is passed over. */
  readonly absentAfter: number;
};

/** Seconds, and how many sign-ins of one person stand at once. */
export type SignInLimits = { readonly idle: number; readonly absolute: number; readonly atOnce: number };
type Length = Pick<SignInLimits, 'idle' | 'absolute'>;

/** What the policy says of how long sign-ins last. */
export type SignInLimitRules = {
  readonly usual: SignInLimits;
  /** Seconds before a limit ends a sign-in at which its person is told. */
  readonly warnBefore: number;
  /** Of these and of `usual` the strictest counts. */
  readonly roles: Readonly<Partial<Record<Role, Partial<SignInLimits>>>>;
  /** Instead of `usual` at a level; it never lengthens what a role says. */
  readonly levels: Readonly<Partial<Record<Level, Partial<Length>>>>;
};

/** Gives the policy in force now, or undefined when there is none that can be read: then everything is refused. */
export type PolicySource = { current(): Promise<Policy | undefined> };

/** Signing in by identity providers. */
export type OidcRules = {
  /** Whoever belongs to an organisation with a provider signs in there, and not by password. */
  readonly required: boolean;
  readonly localAlways: readonly Role[];
  /** Classes of duties whose people may sign in by password while no provider of theirs answers. */
  readonly localWhileDown: readonly PriorityClass[];
  readonly providers: readonly ProviderRules[];
};

export type ProviderRules = {
  readonly id: string;
  readonly name: PolicyText;
  /** Name of the organisation; the provider vouches for its people alone. */
  readonly organisation: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly signedWith: (typeof SIGNATURES)[number];
  /** Besides `openid`. */
  readonly scopes: readonly string[];
  /** Absent: no account that is there already is linked. */
  readonly linkClaim?: string;
  /** Absent: no account is made. */
  readonly create?: CreationRules;
  /** Which role follows from which value of a claim. Empty: none does. */
  readonly roles: readonly RoleByClaim[];
  /** When its word stands for the second factor. Absent: never. `maxAge` in seconds. */
  readonly secondFactor?: { readonly acr: readonly string[]; readonly amr: readonly string[]; readonly maxAge: number };
};

export type RoleByClaim = { readonly claim: string; readonly is: string; readonly role: (typeof ROLES_BY_CLAIM)[number] };

/** Names of claims, and the unit by the value of one. Undefined `otherwise`: nobody else is created. */
export type CreationRules = {
  readonly username: string;
  readonly displayName: string;
  readonly unitClaim: string | undefined;
  readonly units: readonly { readonly is: string; readonly path: readonly string[] }[];
  readonly otherwise: readonly string[] | undefined;
};
