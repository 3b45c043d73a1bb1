import type { Findings } from '../findings.ts';
import type { ImportScope } from '../scope.ts';
import type { PeopleColumn } from './columns.ts';
import type { PersonRow } from './row.ts';
import type { PeopleState } from './state.ts';

/** A row whose names were looked up. */
export type FoundRow = PersonRow & { readonly unitId?: string; readonly dutyIds?: readonly string[] };
export type Planning = { readonly state: PeopleState; readonly scope: ImportScope; readonly findings: Findings<PeopleColumn> };
