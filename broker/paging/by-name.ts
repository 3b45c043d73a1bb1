import { noCursor } from './rows.ts';

/** Where the next page goes on: behind the name that ended this one. */
export const writeCursor = (name: string): string => Buffer.from(name).toString('base64url');

/** @throws Refusal `request-invalid` */
export function readCursor(cursor: string): string {
  const name = Buffer.from(cursor, 'base64url').toString();
  if (cursor.length > 1200 || writeCursor(name) !== cursor || /\p{Cc}/u.test(name)) throw noCursor();
  return name;
}

/** A page of rows of which one more was asked for than shown. */
export function pageOf<Item>(rows: readonly Item[], count: number, nameOf: (item: Item) => string): { items: readonly Item[]; next: string | null } {
  const items = rows.slice(0, count);
  const last = items.at(-1);
  return { items, next: rows.length > count && last !== undefined ? writeCursor(nameOf(last)) : null };
}
