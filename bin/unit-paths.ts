type Unit = { readonly id: string; readonly parentId: string | null; readonly name: string };

/** Units with the names from the top, `/` between, in the order of these. */
export function withPaths<T extends Unit>(units: readonly T[]): (T & { readonly path: string })[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const pathOf = ({ parentId, name }: Unit): string => {
    const parent = parentId === null ? undefined : byId.get(parentId);
    return parent === undefined ? name : `${pathOf(parent)}/${name}`;
  };
  return units.map((unit) => ({ ...unit, path: pathOf(unit) })).sort((a, b) => (a.path < b.path ? -1 : 1));
}
