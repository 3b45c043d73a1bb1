import type { Language, Page, PriorityClass, RequestOrigin, Role, SignedIn, Zone } from '../vocabulary.ts';

type By = { readonly person: SignedIn; readonly origin: RequestOrigin };

/**
 * People, units, roles and duties, as those who administer them may see and change them: of their own organisation, and of
 * their own units where the grant is narrower. What lies outside is `not-found`; without a role it is `forbidden`.
 */
export type People = {
  units(person: SignedIn): Promise<readonly Unit[]>;
  /** Throws `conflict` for a name that is there already. */
  addUnit(input: By & { name: string; parentId?: string }): Promise<Unit>;
  /** By username. */
  list(input: { person: SignedIn } & PeopleFilter & Paging): Promise<Page<PersonListed>>;
  get(input: { person: SignedIn; personId: string }): Promise<PersonDetails>;
  add(input: By & NewPerson): Promise<PersonDetails>;
  change(input: By & { personId: string; displayName?: string; unitId?: string; language?: Language }): Promise<PersonDetails>;
  /** Suspends: ends sign-ins, sessions and invitations. Nobody suspends the own account (`forbidden`) or the last system-admin (`last-administrator`). */
  disable(input: By & { personId: string }): Promise<PersonDetails>;
  enable(input: By & { personId: string }): Promise<PersonDetails>;
  /** A link for a first password, shown once. */
  invite(input: By & { personId: string }): Promise<{ readonly path: string; readonly expiresAt: Date }>;
  /** Another end of an account of loaned staff, with a reason. Throws `conflict` for one that does not end by itself, `span-too-long`. */
  changeTerm(input: By & { personId: string; endsAt: Date; reason: string }): Promise<PersonDetails>;
  forgetFailures(input: By & { personId: string }): Promise<void>;
  providerAccount(input: { person: SignedIn; personId: string }): Promise<ProviderAccount>;
  /** Lets the identity provider link the account to whoever comes with this name first. Throws `provider-name-taken`, `step-up-required`. */
  expectAtProvider(input: By & { personId: string; name: string }): Promise<ProviderAccount>;
  /** Takes the name and every link away, and ends the person's sign-ins where there was one. Throws `step-up-required`. */
  unlinkProvider(input: By & { personId: string }): Promise<ProviderAccount>;
  /** Throws `roles-incompatible`; `forbidden` for a grant to oneself. `unitId` null: the whole organisation. */
  grantRole(input: By & { personId: string; role: Role; unitId: string | null }): Promise<PersonDetails>;
  /** Throws `last-administrator`. Revoking `staff` ends the person's sessions. */
  revokeRole(input: By & { personId: string; grantId: string }): Promise<PersonDetails>;
  duties(input: { person: SignedIn } & Paging & { search?: string; status?: 'active' | 'retired' }): Promise<Page<DutyListed>>;
  addDuty(input: By & NewDuty): Promise<DutyListed>;
  /** A changed class or zone is applied to open sessions. */
  changeDuty(input: By & { dutyId: string } & Partial<NewDuty>): Promise<DutyListed>;
  /** Takes it from everybody, ending the sessions for it; it stays in the records. */
  retireDuty(input: By & { dutyId: string }): Promise<DutyListed>;
  assignDuty(input: By & { personId: string; dutyId: string }): Promise<PersonDetails>;
  /** To everybody of a unit and below, who are active now. */
  assignDutyToUnit(input: By & { unitId: string; dutyId: string }): Promise<{ readonly assigned: number }>;
  unassignDuty(input: By & { personId: string; dutyId: string }): Promise<PersonDetails>;
  /** Reads the file and says what it would do; changes nothing. */
  previewImport(input: By & { kind: ImportKind; csv: string }): Promise<ImportPreview>;
  /** All or nothing. Throws `import-has-errors`, and `import-out-of-date` where `digest` is not the preview's of the state now. */
  applyImport(input: By & { kind: ImportKind; csv: string; digest: string }): Promise<ImportPreview>;
  /** Names of the columns that an import of this kind reads, in order; in Japanese unless said otherwise. */
  importColumns(kind: ImportKind, language?: Language): readonly string[];
  /** The same columns as an import reads, their names as the first row, in the person's language. */
  exportRows(input: { person: SignedIn; kind: ImportKind; origin: RequestOrigin }): Promise<AsyncIterable<readonly string[]>>;
};

/** `name`: the value that the provider's claim has to have; null: no account is linked. */
export type ProviderAccount = { readonly name: string | null; readonly linked: readonly { readonly issuer: string; readonly linkedAt: Date; readonly linkedBy: 'claim' | 'creation' }[] };

export type Paging = { readonly cursor?: string; /** 1 to 200; 50 unless said otherwise. */ readonly limit?: number };
export type PeopleFilter = { /** Part of the username or the display name. */ readonly search?: string; /** This unit and below. */ readonly unitId?: string; readonly status?: 'active' | 'disabled'; readonly role?: Role; readonly dutyId?: string; /** Accounts that end by themselves, or those that do not. */ readonly loaned?: boolean };

export type Unit = { readonly id: string; readonly name: string; readonly parentId: string | null; /** From the top, with ` / ` between. */ readonly path: string; readonly people: number };

export type PersonListed = {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly status: 'active' | 'disabled';
  /** `ready`: has a password and an authenticator; `invited`: an invitation is open; `none`: neither. */
  readonly signIn: 'ready' | 'invited' | 'none';
  readonly roles: readonly Role[];
  readonly duties: readonly { readonly id: string; readonly name: string; readonly class: PriorityClass }[];
  readonly desktops: number;
  /** Loaned staff (応援職員): where from, and when the account ends by itself. */
  readonly loan?: { readonly from: string; readonly endsAt: Date };
};

export type PersonDetails = PersonListed & {
  readonly language: Language;
  readonly grants: readonly { readonly id: string; readonly role: Role; readonly unitId: string | null; readonly unitName: string | null; readonly grantedAt: Date; readonly grantedBy: string | null; /** Id of the identity provider whose claims gave it. */ readonly provider: string | null }[];
  readonly desktopNames: readonly string[];
  readonly lastSignInAt?: Date;
};

export type NewPerson = { readonly unitId: string; readonly username: string; readonly displayName: string; readonly language?: Language; readonly loan?: { readonly from: string; readonly endsAt: Date } };
export type NewDuty = { readonly name: string; readonly class: PriorityClass; readonly zone: Zone; /** Null: the target time of its class. */ readonly targetSeconds: number | null };
export type DutyListed = { readonly id: string; readonly name: string; readonly class: PriorityClass; readonly zone: Zone; readonly targetSeconds: number | null; readonly status: 'active' | 'retired'; readonly people: number };

export type ImportKind = 'people' | 'desktops';

export type ImportPreview = {
  /** Names the file and the state it was read against. */
  readonly digest: string;
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Up to 200 of what would be added or changed, in the file's order. */
  readonly changes: readonly { readonly line: number; readonly kind: 'add' | 'change'; readonly name: string; /** Column, before, after. */ readonly columns: readonly { readonly column: string; readonly before: string | null; readonly after: string }[] }[];
  /** Every bad cell. `line` counts from 1 with the header; `column` is the header's name, or empty for the whole row. `cause` is one of a closed list, `detail` what was found. */
  readonly errors: readonly ImportError[];
};

export type ImportError = { readonly line: number; readonly column: string; readonly cause: ImportCause; readonly detail: string };
export type ImportCause =
  | 'not-csv'
  | 'encoding'
  | 'header-missing'
  | 'header-unknown'
  | 'too-many-rows'
  | 'cell-count'
  | 'missing'
  | 'too-long'
  | 'not-allowed'
  | 'unknown-unit'
  | 'unknown-duty'
  | 'unknown-person'
  | 'unknown-pool'
  | 'twice-in-file'
  | 'taken'
  | 'roles-incompatible'
  | 'contradiction';
