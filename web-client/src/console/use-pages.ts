import { useState } from 'react';
import type { List } from './use-cursor-list.ts';

const pageSize = 50;

/** A list that is all here, page by page. */
export function usePages<Item>(items: readonly Item[]): List<Item> {
  const [at, setAt] = useState({ items, page: 0 });
  const page = at.items === items ? at.page : 0;
  const pages = Math.ceil(items.length / pageSize);
  return {
    items: items.slice(page * pageSize, (page + 1) * pageSize),
    error: null,
    busy: false,
    again: () => undefined,
    paging: {
      page: page + 1,
      previous: page === 0 ? undefined : () => setAt({ items, page: page - 1 }),
      next: page + 1 >= pages ? undefined : () => setAt({ items, page: page + 1 }),
    },
  };
}
