import { noCursor } from './rows.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The last of a page that goes back in time. */
export type Cursor = { readonly at: Date; readonly id: string };

export const writeCursor = ({ at, id }: Cursor): string => `${at.toISOString()}~${id}`;

/** @throws Refusal `request-invalid` */
export function readCursor(cursor: string): Cursor {
  const [, time, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([0-9a-f-]{36})$/.exec(cursor) ?? [];
  const at = new Date(time ?? Number.NaN);
  if (Number.isNaN(at.getTime()) || id === undefined || !UUID.test(id)) throw noCursor();
  return { at, id };
}
