import type { AuditEvent } from '../audit/index.ts';
import type { Reach } from '../authorization/index.ts';
import type { Language } from '../port.ts';
import type { Connection, Transaction } from '../store/index.ts';
import type { ApplyDeps } from './apply-deps.ts';
import type { Plan } from './plan.ts';
import type { ImportScope } from './scope.ts';
import type { Column } from './table.ts';

/** What an import of one kind is. */
export type ImportOf<Id extends string, Work> = {
  readonly columns: readonly Column<Id>[];
  open(csv: string): OpenFile<Id, Work>;
  /** @returns what it did, for the trail */
  apply(transaction: Transaction, deps: ApplyDeps, work: Work): Promise<readonly AuditEvent[]>;
  /** Whether it gives or takes what asks for a second factor proved lately. */
  givesRights(work: Work): boolean;
  /** What there is, in the columns' order. */
  rows(connection: Connection, reach: Reach, language: Language): AsyncGenerator<readonly string[]>;
  /** A cell's text as people read it. */
  say(column: Id, text: string, language: Language): string;
};

/** A file that was read once, for one plan. */
export type OpenFile<Id extends string, Work> = {
  /** Of the columns, as the file has them. */
  readonly names: Partial<Readonly<Record<Id, string>>>;
  /** Keeps still what the file names, until the transaction ends. The organisation is held already. */
  hold(transaction: Transaction, organisationId: string): Promise<void>;
  plan(connection: Connection, scope: ImportScope): Promise<Plan<Work>>;
};
