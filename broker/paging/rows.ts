import { Refusal } from '../port.ts';

const USUAL = 50;
const MOST = 200;

/** Rows of a page: 50 unless said otherwise, 1 to 200. */
export const rowsOf = (limit: number = USUAL): number => Math.min(Math.max(1, Math.trunc(limit) || USUAL), MOST);

export const noCursor = (): Refusal => new Refusal('request-invalid', { fields: [{ path: 'cursor', expected: 'a cursor from the page before' }] });
