import type { SessionFilter } from '../port.ts';

const HOUR = 3_600_000;

/** What of a filter goes on the trail. A name that was looked for stands apart: it says something about a person. */
export function tracesOf({ person, ...filter }: SessionFilter): { readonly filters: Readonly<Record<string, string>>; readonly person?: string } {
  const filters = Object.entries(filter).flatMap(([name, value]: [string, string | Date | undefined]) => (value === undefined ? [] : [[name, value instanceof Date ? value.toISOString() : value]]));
  return { filters: Object.fromEntries(filters) as Record<string, string>, ...(person !== undefined && { person }) };
}

/** Remembers, in this process, what was looked at within the last hour, and in which sign-in. */
export type Looks = {
  /** True once an hour for a sign-in and what it looks at. */
  isNew(look: Look, now: Date): boolean;
  /** For a look that goes on the trail in any case. */
  remember(look: Look, now: Date): void;
};
/** `at`: whatever tells one look from another, such as the filter and the page of a list, or a session. */
export type Look = { readonly signInId: string; readonly at: Readonly<Record<string, unknown>> };

export function createLooks(): Looks {
  const looks = new Map<string, number>();
  const keyOf = ({ signInId, at }: Look) => JSON.stringify([signInId, Object.entries(at).toSorted(([one], [other]) => (one < other ? -1 : 1))]);
  return {
    isNew: (look, now) => now.getTime() - (looks.get(keyOf(look)) ?? Number.NEGATIVE_INFINITY) >= HOUR,
    remember(look, now) {
      for (const [key, at] of looks) if (now.getTime() - at >= HOUR) looks.delete(key);
      looks.set(keyOf(look), now.getTime());
    },
  };
}
