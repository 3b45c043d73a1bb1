import type { SessionFilter } from '../port.ts';

const HOUR = 3_600_000;

/** What of a filter goes on the trail. A name that was looked for stands apart: it says something about a person. */
export function tracesOf({ person, ...filter }: SessionFilter): { readonly filters: Readonly<Record<string, string>>; readonly person?: string } {
  const filters = Object.entries(filter).flatMap(([name, value]: [string, string | Date | undefined]) => (value === undefined ? [] : [[name, value instanceof Date ? value.toISOString() : value]]));
  return { filters: Object.fromEntries(filters) as Record<string, string>, ...(person !== undefined && { person }) };
}

/** Remembers, in this process, who looked at what within the last hour. */
export type Looks = {
  /** True once an hour for a person and a filter. */
  isNew(personId: string, filter: SessionFilter, now: Date): boolean;
  /** For a look that goes on the trail in any case. */
  remember(personId: string, filter: SessionFilter, now: Date): void;
};

export function createLooks(): Looks {
  const looks = new Map<string, number>();
  const keyOf = (personId: string, filter: SessionFilter) => JSON.stringify([personId, Object.entries(filter).toSorted(([one], [other]) => (one < other ? -1 : 1))]);
  return {
    isNew: (personId, filter, now) => now.getTime() - (looks.get(keyOf(personId, filter)) ?? Number.NEGATIVE_INFINITY) >= HOUR,
    remember(personId, filter, now) {
      for (const [key, at] of looks) if (now.getTime() - at >= HOUR) looks.delete(key);
      looks.set(keyOf(personId, filter), now.getTime());
    },
  };
}
