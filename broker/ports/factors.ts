import type { RequestOrigin, SignedIn, SignInMethod } from '../vocabulary.ts';

type By = { readonly person: SignedIn; readonly origin: RequestOrigin };

/**
 * The second factors of people: their own, and what an administrator sees of them. Every change asks for a factor proved lately
 * (`step-up-required`), and in a sign-in by recovery code for a re-proof first (`re-proof-required`).
 */
export type Factors = {
  own(person: SignedIn): Promise<OwnFactors>;
  /** A further authenticator to enrol; what was offered before in this sign-in is worthless. Throws `authenticators-full`. */
  offerAuthenticator(input: By): Promise<OfferedAuthenticator>;
  /** Throws as a sign-in's code does, `not-found`, `authenticators-full`. */
  confirmAuthenticator(input: By & { authenticatorId: string; name: string; code: string }): Promise<void>;
  /** Throws `not-found`, `last-factor`. */
  removeAuthenticator(input: By & { authenticatorId: string }): Promise<void>;
  /** Ten codes, told this once. Those before are void. */
  issueRecoveryCodes(input: By): Promise<{ readonly codes: readonly string[]; readonly issuedAt: Date }>;
  /** What the person has not read yet, the newest first; not what was done in the sign-in that asks. */
  notices(person: SignedIn): Promise<readonly SecurityNotice[]>;
  /** Throws `not-found`. */
  readNotice(input: { person: SignedIn; noticeId: string }): Promise<void>;
  /** What somebody whom the asking person administers could prove, and their open sign-ins by recovery code. */
  ofPerson(input: { person: SignedIn; personId: string }): Promise<FactorsOfPerson>;
  /** Vouches for somebody who sits there: factors may be changed in that sign-in for a while. Throws `not-found`, `forbidden` for oneself, `step-up-required`, `conflict` for a sign-in that needs none, `policy-missing`. */
  reprove(input: By & { personId: string; signInId: string; reason: string }): Promise<{ readonly until: Date }>;
};

export type OfferedAuthenticator = { readonly id: string; readonly secret: string; readonly otpauthUri: string };
export type RecoveryCodesLeft = { readonly left: number; readonly issuedAt: Date };

export type OwnFactors = {
  /** `name` is empty for one that was enrolled at the first sign-in. */
  readonly authenticators: readonly { readonly id: string; readonly name: string; readonly since: Date }[];
  /** `stopped`: its counter went back, and it proves nothing any more. */
  readonly passkeys: readonly { readonly id: string; readonly name: string; readonly since: Date; readonly lastUsedAt?: Date; readonly stopped: boolean }[];
  /** Whether one may be registered and used here. */
  readonly passkeysOffered: boolean;
  /** Null: never issued. */
  readonly recoveryCodes: RecoveryCodesLeft | null;
  /** False in a sign-in by recovery code until the person has re-proved who it is. */
  readonly mayChange: boolean;
};

export const NOTICE_KINDS = ['used-code', 'recovery-code-used', 'used-recovery-code', 'recovery-codes-issued', 'authenticator-added', 'authenticator-removed', 'passkey-added', 'passkey-removed', 'passkey-cloned', 're-proved', 'bypass-used'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Something that happened on the person's account. `count`: so often from that address. */
export type SecurityNotice = { readonly id: string; readonly kind: NoticeKind; readonly at: Date; readonly count: number; readonly address: string; readonly userAgent: string };

export type FactorsOfPerson = {
  readonly authenticators: number;
  readonly passkeys: number;
  readonly recoveryCodes: RecoveryCodesLeft | null;
  /** Those that are open, the newest first. `until`: an administrator vouched for it, and factors may be changed in it so long. */
  readonly recoverySignIns: readonly { readonly id: string; readonly at: Date; readonly address: string; readonly userAgent: string; readonly method: SignInMethod; readonly until?: Date }[];
};
