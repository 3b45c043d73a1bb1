import { events, type AuditEvent } from '../audit/index.ts';
import type { Reach } from '../authorization/index.ts';
import { holdAdministrators } from '../identity/directory/administrators.ts';
import { Refusal, type ImportKind, type ImportPreview, type Language } from '../port.ts';
import { inTransaction, type Connection, type Transaction } from '../store/index.ts';
import type { ApplyDeps, ImportsDeps } from './apply-deps.ts';
import { desktopsImport } from './desktops/index.ts';
import type { ImportOf } from './import-of.ts';
import { outOfDateAsRefusal } from './out-of-date.ts';
import { peopleImport } from './people/index.ts';
import { digestOf, fileHash, previewOf, type Plan } from './plan.ts';
import type { ImportScope } from './scope.ts';

/** Of a file's text, in UTF-8. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Events written by one statement. */
const PIECE = 1_000;

const KINDS = { people: peopleImport, desktops: desktopsImport } as const satisfies Record<ImportKind, unknown>;

type File = { readonly kind: ImportKind; readonly csv: string; readonly language: Language };
type Applying = File & {
  readonly digest: string;
  readonly organisationId: string;
  /** What whoever applies it may do, held until the transaction ends. */
  readonly scopeOf: (transaction: Transaction) => Promise<ImportScope>;
  /** Called before anything is given or taken that asks for it. */
  readonly requireFreshFactor: () => Promise<void>;
};

type By = Pick<ApplyDeps, 'actor' | 'address'>;

export type Imports = ReturnType<typeof createImports>;

/** Whole lists as CSV, in and out. Nothing that a file does not name is changed. */
export function createImports(deps: ImportsDeps) {
  return {
    columns: (kind: ImportKind, language: Language): readonly string[] => KINDS[kind].columns.map(({ id, ja }) => (language === 'ja' ? ja : id)),

    preview: ({ kind, ...file }: File, scope: ImportScope): Promise<ImportPreview> => preview(deps.database, KINDS[kind], file, scope),

    /** @throws Refusal `import-has-errors`, `import-out-of-date`; nothing was changed then */
    apply: (file: Applying, by: By): Promise<ImportPreview> =>
      outOfDateAsRefusal(() => inTransaction(deps.database, (transaction) => apply(transaction, { ...deps, ...by, organisationId: file.organisationId }, file))),

    rows: (kind: ImportKind, reach: Reach, language: Language): AsyncGenerator<readonly string[]> => KINDS[kind].rows(deps.database, reach, language),
  };
}

type AnyImport = ImportOf<string, unknown>;

async function preview(connection: Connection, kind: AnyImport, { csv, language }: Pick<File, 'csv' | 'language'>, scope: ImportScope): Promise<ImportPreview> {
  assertFits(csv);
  const file = kind.open(csv);
  const plan = await file.plan(connection, scope);
  return shown(kind, plan, { digest: digestOf(scope.organisationId, csv, plan), names: file.names, language });
}

async function apply(transaction: Transaction, deps: ApplyDeps, { kind: name, csv, language, digest, organisationId, scopeOf, requireFreshFactor }: Applying): Promise<ImportPreview> {
  assertFits(csv);
  const kind = KINDS[name] as AnyImport;
  const file = kind.open(csv);
  await holdAdministrators(transaction, organisationId);
  const scope = await scopeOf(transaction);
  await file.hold(transaction, organisationId);
  const plan = await file.plan(transaction, scope);
  if (digestOf(organisationId, csv, plan) !== digest) throw new Refusal('import-out-of-date');
  if (plan.errors.length > 0) throw new Refusal('import-has-errors');
  if (kind.givesRights(plan.work)) await requireFreshFactor();
  const done = await kind.apply(transaction, deps, plan.work);
  const { rows, added, changed, unchanged } = plan;
  const { actor, address } = deps;
  await tell(transaction, deps, [...done, events.importApplied({ actor, address, organisationId, kind: name, file: fileHash(csv), rows, added, changed, unchanged })]);
  return shown(kind, plan, { digest, names: file.names, language });
}

async function tell(transaction: Transaction, { trail }: ApplyDeps, written: readonly AuditEvent[]): Promise<void> {
  for (let from = 0; from < written.length; from += PIECE) await trail.append(transaction, ...written.slice(from, from + PIECE));
}

/** In the words of the file's header and of whoever looks at it. */
function shown({ columns, say }: AnyImport, plan: Plan<unknown>, { digest, names, language }: { digest: string; names: Partial<Readonly<Record<string, string>>>; language: Language }): ImportPreview {
  const preview = previewOf(digest, plan);
  const nameOf = (id: string) => names[id] ?? (language === 'ja' ? columns.find((column) => column.id === id)?.ja : undefined) ?? id;
  const changes = preview.changes.map((change) => ({
    ...change,
    columns: change.columns.map(({ column, before, after }) => ({ column: nameOf(column), before: before === null ? null : say(column, before, language), after: say(column, after, language) })),
  }));
  return { ...preview, changes };
}

function assertFits(csv: string): void {
  if (Buffer.byteLength(csv) > MOST_BYTES) throw new Refusal('request-too-large');
}
