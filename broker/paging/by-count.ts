import { sql } from '../store/index.ts';
import { noCursor, rowsOf } from './rows.ts';

/** Where a page begins, by how many come before it. */
export type Counted = { readonly skip: number; readonly count: number };

/** @throws Refusal `request-invalid` */
export function countedOf({ cursor, limit }: { readonly cursor?: string | undefined; readonly limit?: number | undefined }): Counted {
  if (cursor !== undefined && !/^[1-9]\d{0,8}$/.test(cursor)) throw noCursor();
  return { skip: cursor === undefined ? 0 : Number(cursor), count: rowsOf(limit) };
}

/** One row more than is shown tells whether there is a next page. */
export const rowsFrom = ({ skip, count }: Counted) => sql`limit ${count + 1} offset ${skip}`;

export function countedPage<Row, Item>(rows: readonly Row[], { skip, count }: Counted, itemOf: (row: Row) => Item): { items: readonly Item[]; next: string | null } {
  return { items: rows.slice(0, count).map(itemOf), next: rows.length > count ? String(skip + count) : null };
}
