import type { Language, Role } from '../../port.ts';

/** What an import of people does, in the order in which it is done. */
export type PeopleWork = {
  readonly add: readonly NewRow[];
  readonly change: readonly ChangedRow[];
  /** People whose roles change by more than `staff` for a new one. */
  readonly grantsRoles: boolean;
};

export type NewRow = {
  readonly username: string;
  readonly displayName: string;
  readonly unitId: string;
  readonly language: Language;
  readonly status: 'active' | 'disabled';
  readonly roles: readonly Role[];
  /** What the roles are for; null for the whole organisation. */
  readonly grantedUnit: string | null;
  readonly dutyIds: readonly string[];
  /** Loaned staff: the account ends by itself. */
  readonly loan?: { readonly from: string; readonly endsAt: Date };
};

/** What is absent or empty stays. */
export type ChangedRow = {
  readonly personId: string;
  readonly displayName?: string;
  readonly unitId?: string;
  readonly language?: Language;
  readonly status?: 'active' | 'disabled';
  readonly grant: readonly Role[];
  readonly revoke: readonly Role[];
  readonly assign: readonly string[];
  readonly unassign: readonly string[];
};
