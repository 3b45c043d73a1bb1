import { sql, type Connection } from '../store/index.ts';

export type UnitPath = { readonly id: string; readonly path: string };

/** Every unit of the organisation with the names from the top. */
export async function readUnitPaths(connection: Connection, organisationId: string): Promise<readonly UnitPath[]> {
  const { rows } = await sql<UnitPath>`
    with recursive tree (id, path) as (
      select id, name from unit where organisation_id = ${organisationId} and parent_id is null
      union all
      select unit.id, tree.path || '/' || unit.name from unit join tree on tree.id = unit.parent_id
    )
    select id, path from tree order by path`.execute(connection);
  return rows;
}

/** A path however it is spaced and whatever its slashes look like. */
export function plainPath(path: string): string {
  const names = path.normalize('NFC').split(/[/／]/).map((name) => name.trim());
  return names.filter((name) => name !== '').join('/');
}

/** Units by path; two of one path name nothing. */
export function byPath(units: readonly UnitPath[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const twice = new Set<string>();
  for (const { id, path } of units) {
    const plain = plainPath(path);
    if (found.has(plain)) twice.add(plain);
    found.set(plain, id);
  }
  for (const path of twice) found.delete(path);
  return found;
}
