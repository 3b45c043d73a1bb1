import { go, useLocation } from '../routing/location.ts';

export type Filters<Name extends string> = {
  /** Empty where nothing is asked for. */
  readonly values: Readonly<Record<Name, string>>;
  /** Those that ask for something, to be sent along. */
  readonly query: URLSearchParams;
  readonly any: boolean;
  readonly set: (name: Name, value: string) => void;
  readonly clear: () => void;
};

/** Filters whose state is the address of the page, so that it can be bookmarked, sent on and gone back to. */
export function useFilters<Name extends string>(names: readonly Name[]): Filters<Name> {
  const { path, query } = useLocation();
  const values = Object.fromEntries(names.map((name) => [name, query.get(name) ?? ''])) as Record<Name, string>;
  const asked = new URLSearchParams(names.flatMap((name) => (values[name] === '' ? [] : [[name, values[name]]])));
  const show = (wanted: URLSearchParams): void => go(wanted.size === 0 ? path : `${path}?${wanted.toString()}`, { replace: true });
  return {
    values,
    query: asked,
    any: asked.size > 0,
    set: (name, value) => {
      const wanted = new URLSearchParams(location.search);
      if (value === '') wanted.delete(name);
      else wanted.set(name, value);
      show(wanted);
    },
    clear: () => show(new URLSearchParams()),
  };
}
