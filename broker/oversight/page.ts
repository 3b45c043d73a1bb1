import { Refusal } from '../port.ts';

const USUAL = 50;
const MOST = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type Cursor = { readonly at: Date; readonly id: string };

/** Rows of a page: 50 unless said otherwise, 1 to 200. */
export const rowsOf = (limit: number = USUAL): number => Math.min(Math.max(1, Math.trunc(limit) || USUAL), MOST);

export const writeCursor = ({ at, id }: Cursor): string => `${at.toISOString()}~${id}`;

/** @throws Refusal `request-invalid` */
export function readCursor(cursor: string): Cursor {
  const [, time, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([0-9a-f-]{36})$/.exec(cursor) ?? [];
  const at = new Date(time ?? Number.NaN);
  if (Number.isNaN(at.getTime()) || id === undefined || !isUuid(id)) throw invalid('cursor', 'a cursor from the page before');
  return { at, id };
}

export const isUuid = (text: string): boolean => UUID.test(text);

export const invalid = (path: string, expected: string): Refusal => new Refusal('request-invalid', { fields: [{ path, expected }] });
