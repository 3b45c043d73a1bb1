import { Refusal } from '../port.ts';

const USUAL = 50;
const MOST = 200;

/** Rows of a page: 50 unless said otherwise, 1 to 200. */
export const rowsOf = (limit: number = USUAL): number => Math.min(Math.max(1, Math.trunc(limit) || USUAL), MOST);

/** Where the next page goes on: behind the name that ended this one. */
export const writeCursor = (name: string): string => Buffer.from(name).toString('base64url');

/** @throws Refusal `request-invalid` */
export function readCursor(cursor: string): string {
  const name = Buffer.from(cursor, 'base64url').toString();
  if (cursor.length > 1200 || writeCursor(name) !== cursor || /\p{Cc}/u.test(name)) throw new Refusal('request-invalid', { fields: [{ path: 'cursor', expected: 'a cursor from the page before' }] });
  return name;
}

/** A page of rows of which one more was asked for than shown. */
export function pageOf<Item>(rows: readonly Item[], count: number, nameOf: (item: Item) => string): { items: readonly Item[]; next: string | null } {
  const items = rows.slice(0, count);
  const last = items.at(-1);
  return { items, next: rows.length > count && last !== undefined ? writeCursor(nameOf(last)) : null };
}
