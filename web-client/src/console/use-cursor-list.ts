import { keepPreviousData, useQuery, type QueryKey } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';

type Answer<Item> = { readonly items: readonly Item[]; readonly next: string | null };
type Wanted = {
  /** Begins the query's key; the filter and the page follow. */
  key: QueryKey;
  path: `/api/${string}`;
  /** What narrows the list down, without cursor. */
  query?: URLSearchParams;
  /** Milliseconds after which an open page asks again. */
  refetchInterval?: number;
};

export type Paging = { readonly page: number; readonly previous: (() => void) | undefined; readonly next: (() => void) | undefined };
export type List<Item> = {
  /** Undefined until the first answer. */
  readonly items: readonly Item[] | undefined;
  readonly error: Error | null;
  readonly busy: boolean;
  readonly again: () => void;
  readonly paging?: Paging;
};

/** A list that the gateway gives page by page. Another filter begins at the first page again. */
export function useCursorList<Item>({ key, path, query = new URLSearchParams(), refetchInterval }: Wanted): List<Item> {
  const filter = query.toString();
  const [way, setWay] = useState({ filter, cursors: [] as readonly string[] });
  const cursors = way.filter === filter ? way.cursors : [];
  const asked = new URLSearchParams(query);
  const cursor = cursors.at(-1);
  if (cursor !== undefined) asked.set('cursor', cursor);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    queryKey: [...key, 'list', filter, cursor ?? null],
    queryFn: () => call<Answer<Item>>('GET', asked.size === 0 ? path : `${path}?${asked.toString()}`),
    placeholderData: keepPreviousData,
    ...(refetchInterval !== undefined && { refetchInterval }),
  });
  const next = isPlaceholderData ? null : (data?.next ?? null);
  return {
    items: error === null || !isPlaceholderData ? data?.items : undefined,
    error,
    busy: isFetching,
    again: () => void refetch(),
    paging: {
      page: cursors.length + 1,
      previous: cursors.length === 0 ? undefined : () => setWay({ filter, cursors: cursors.slice(0, -1) }),
      next: next === null ? undefined : () => setWay({ filter, cursors: [...cursors, next] }),
    },
  };
}
