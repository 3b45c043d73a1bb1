/** What all the schemas are made of. Lengths are in UTF-16 code units, instants are ISO 8601 in UTC. */
import { z } from 'zod';
import { CODES, ROLES, type Code } from '../../../broker/port.ts';

/** Text that a person typed: no control characters (a database refuses NUL) and no half surrogate pairs. */
export const typed = (max: number) => z.string().min(1).max(max).regex(/^[^\p{Cc}\p{Cs}]+$/u);
/** The same with something to see in it. */
export const named = (max: number) => typed(max).regex(/\S/u);
/** The same, of several lines if need be. */
export const reason = z.string().min(1).max(500).regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n])+$/u).regex(/\S/u).describe('Kept on the audit trail.');

export const id = z.guid();
export const decimal = (min: number, max: number) => z.string().regex(/^\d{1,5}$/).transform(Number).pipe(z.number().int().min(min).max(max));
export const instant = z.iso.datetime();
/** An instant that is asked with: a time of this system's life. */
export const askedInstant = z.iso.datetime().regex(/^20/).transform((text) => new Date(text));
export const day = z.iso.date().regex(/^20/).describe('A day in Japan.');
export const code = z.enum(Object.keys(CODES) as [Code, ...Code[]]);
export const nothingMore = z.null().describe('There are no further items.');
export const count = z.int().min(0);
export const next = z.string().nullable().describe('Ask with it as `cursor` for the items after these; null: there are none.');
export const cursor = z.string().min(1).max(1200).regex(/^[\w.:=+~-]+$/);
export const paging = { cursor: cursor.exactOptional(), limit: decimal(1, 200).exactOptional() };
export const yes = z.enum(['yes']);

export const language = z.enum(['ja', 'en']);
export const role = z.enum(ROLES);
export const priorityClass = z.enum(['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'PX']);
export const zone = z.enum(['internet', 'lgwan', 'my-number']);
export const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/).describe('ECDSA P-256 with SHA-256: r and s, in base64url.');
export const site = z.enum(['home', 'evacuation-site', 'satellite-office', 'alternative-office', 'office', 'other']);
export const protocol = z.enum(['rdp', 'vnc']);
export const level = z.enum(['0', '1', '2', '3', 'R']);
export const continuityEvent = z.enum(['earthquake', 'storm', 'snow', 'epidemic', 'building-failure', 'system-failure', 'cyber', 'other']);
export const liftedRule = z.enum(['acknowledgement', 'hours', 'days']).describe('A rule of telework that only the level takes away.');
export const leaseState = z.enum(['granted', 'active', 'parked', 'ended']);
export const status = z.enum(['active', 'disabled']);

/** For a change that the address says all about. */
export const Nothing = z.strictObject({}).meta({ id: 'Nothing' });
export const Reason = z.strictObject({ reason }).meta({ id: 'Reason' });
export const IdParameter = z.strictObject({ id });
export const CursorQuery = z.strictObject({ cursor: cursor.exactOptional() });
export const PagingQuery = z.strictObject(paging);

export type Nothing = z.infer<typeof Nothing>;
export type Reason = z.infer<typeof Reason>;
