import { events } from '../audit/index.ts';
import { authorise, reachOf, type Action, type Holder } from '../authorization/index.ts';
import { createImports, type ImportScope } from '../imports/index.ts';
import type { ImportKind, People, SignedIn } from '../port.ts';
import { inTransaction } from '../store/index.ts';
import { inNameOf, type PeopleDeps } from './deps.ts';
import { holdGrants } from './right.ts';

const ACTIONS: Readonly<Record<ImportKind, Action>> = { people: 'people.manage', desktops: 'desktops.manage' };

/** Whole lists as CSV. What a file gives or takes asks for the same roles as a change by hand. */
export function createImporting(deps: PeopleDeps): Pick<People, 'previewImport' | 'applyImport' | 'importColumns' | 'exportRows'> {
  const { database, trail } = deps;
  const imports = createImports(deps);
  const loans = async (): Promise<ImportScope['loans']> => {
    const longest = (await deps.rules.current())?.loanedStaff?.longest;
    return longest === undefined ? undefined : { now: deps.clock.now(), longest };
  };
  return {
    previewImport: async ({ person, kind, csv }) => imports.preview({ kind, csv, language: person.language }, scopeOf(person, person, kind, await loans())),

    applyImport: async ({ person, origin, kind, csv, digest }) => {
      authorise(person, ACTIONS[kind]);
      const { actor, address } = inNameOf(deps, { person, origin });
      const allowed = await loans();
      const held = {
        organisationId: person.organisationId,
        scopeOf: async (transaction: Parameters<typeof holdGrants>[0]) => scopeOf(person, await holdGrants(transaction, person), kind, allowed),
        requireFreshFactor: () => deps.requireFreshFactor(person),
      };
      return imports.apply({ kind, csv, digest, language: person.language, ...held }, { actor, address });
    },

    importColumns: (kind, language = 'ja') => imports.columns(kind, language),

    exportRows: async ({ person, kind, origin }) => {
      const reach = authorise(person, ACTIONS[kind]);
      const { actor, address } = inNameOf(deps, { person, origin });
      await inTransaction(database, (transaction) => trail.append(transaction, events.directoryExported({ actor, address, organisationId: person.organisationId, kind })));
      return withHeader(imports.columns(kind, person.language), imports.rows(kind, reach, person.language));
    },
  };
}

function scopeOf({ organisationId, personId }: SignedIn, holder: Holder, kind: ImportKind, loans: ImportScope['loans']): ImportScope {
  const { units } = authorise(holder, ACTIONS[kind]);
  return { organisationId, personId, people: units, roles: reachOf(holder, 'roles.manage')?.units, duties: reachOf(holder, 'duties.assign')?.units, ...(loans && { loans }) };
}

async function* withHeader(header: readonly string[], rows: AsyncIterable<readonly string[]>): AsyncGenerator<readonly string[]> {
  yield header;
  yield* rows;
}
