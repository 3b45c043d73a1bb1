/**
 * Every body and every answer of the HTTP contract: the OpenAPI document, the checks at the edge and the web client's
 * types are all made from these. Bodies are strict: a field that nobody knows is refused, not ignored.
 * Instants are ISO 8601 in UTC. Lengths are in UTF-16 code units.
 */
import { z } from 'zod';
import { CODES, type Code } from '../../broker/port.ts';

/** Text that a person typed: no control characters (a database refuses NUL) and no half surrogate pairs. */
const typed = (max: number) => z.string().min(1).max(max).regex(/^[^\p{Cc}\p{Cs}]+$/u);
const id = z.guid();
const decimal = (min: number, max: number) => z.string().regex(/^\d{1,5}$/).transform(Number).pipe(z.number().int().min(min).max(max));
const instant = z.iso.datetime();
const code = z.enum(Object.keys(CODES) as [Code, ...Code[]]);
const nothingMore = z.null().describe('There are no further items.');

export const PasswordSignIn = z.strictObject({ username: typed(200), password: typed(1024) }).meta({ id: 'PasswordSignIn' });
export const OneTimeCode = z.strictObject({ code: typed(64).describe('Six digits; full-width digits and blanks are accepted.') }).meta({ id: 'OneTimeCode' });
export const InvitationToken = z.strictObject({ token: typed(200) }).meta({ id: 'InvitationToken' });
export const InvitationRedemption = z.strictObject({ token: typed(200), password: typed(1024) }).meta({ id: 'InvitationRedemption' });
export const LanguageChoice = z.strictObject({ language: z.enum(['ja', 'en']) }).meta({ id: 'LanguageChoice' });
export const DesktopCredentials = z
  .strictObject({ username: typed(256), password: typed(1024), domain: typed(256).exactOptional() })
  .meta({ id: 'DesktopCredentials', description: 'For a desktop whose credentials are asked for. Never stored.' });
export const LeaseRequest = z
  .strictObject({ desktopId: id, dutyId: id, credentials: DesktopCredentials.exactOptional() })
  .meta({ id: 'LeaseRequest' });

export const IdParameter = z.strictObject({ id });
export const CursorQuery = z.strictObject({ cursor: z.string().min(1).max(500).regex(/^[\w.:=+~-]+$/).exactOptional() });
/** Size in CSS pixels, dots an inch (guacd's RDP child does not survive fewer than 24). */
export const RelayQuery = z.strictObject({
  width: decimal(64, 8192),
  height: decimal(64, 8192),
  dpi: decimal(24, 480),
  timezone: z.string().max(64).regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/).exactOptional(),
});

export const NextStep = z.object({ next: z.enum(['totp', 'enrol']) }).meta({ id: 'NextStep' });
export const Enrolment = z.object({ otpauthUri: z.string(), secret: z.string() }).meta({ id: 'Enrolment' });
export const Invitation = z.object({ displayName: z.string(), username: z.string() }).meta({ id: 'Invitation' });

export const Duty = z
  .object({
    id,
    name: z.string(),
    class: z.enum(['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'PX']),
    zone: z.enum(['internet', 'lgwan', 'my-number']),
  })
  .meta({ id: 'Duty' });

export const User = z
  .object({
    id,
    username: z.string(),
    displayName: z.string(),
    organisation: z.string(),
    unit: z.string(),
    language: z.enum(['ja', 'en']),
    roles: z.array(z.enum(['staff', 'unit-head', 'shelter-manager', 'bcp-admin', 'activation-authority', 'security-officer', 'auditor', 'system-admin'])),
    duties: z.array(Duty),
    level: z.object({ value: z.literal(0) }).describe('Continuity level in force.'),
    signedInAt: instant,
    expiresAt: instant,
    previousSignIn: z.object({ at: instant, address: z.string() }).exactOptional(),
  })
  .meta({ id: 'User' });
export const SignInDone = z.object({ user: User }).meta({ id: 'SignInDone' });

export const SignIn = z
  .object({
    id,
    at: instant,
    address: z.string(),
    userAgent: z.string(),
    outcome: z.enum(['complete', 'wrong-password', 'wrong-code', 'used-code', 'throttled']),
    current: z.boolean().describe('True for the sign-in that asks.'),
    endedAt: instant.exactOptional(),
  })
  .meta({ id: 'SignIn' });
export const SignInList = z.object({ items: z.array(SignIn), next: z.string().nullable() }).meta({ id: 'SignInList' });

export const Desktop = z
  .object({
    id,
    name: z.string(),
    protocol: z.enum(['rdp', 'vnc']),
    state: z.enum(['ready', 'in-use', 'in-use-by-me', 'unreachable', 'disabled']),
    credentials: z.enum(['stored', 'ask']),
    leaseId: id.exactOptional(),
    checkedAt: instant.exactOptional(),
  })
  .meta({ id: 'Desktop' });
export const DesktopList = z.object({ items: z.array(Desktop), next: nothingMore }).meta({ id: 'DesktopList' });

export const Lease = z
  .object({
    id,
    state: z.enum(['granted', 'active', 'parked', 'ended']),
    desktopId: id,
    desktopName: z.string(),
    protocol: z.enum(['rdp', 'vnc']),
    dutyName: z.string(),
    site: z.enum(['home', 'evacuation-site', 'satellite-office', 'alternative-office', 'office', 'other']),
    grantedAt: instant,
    expiresAt: instant,
    endedAt: instant.exactOptional(),
    endedBecause: z.union([code, z.enum(['ended-by-owner', 'not-used', 'desktop-ended', 'parking-expired', 'sign-in-ended'])]).exactOptional(),
    relay: z.string().describe('Path of the WebSocket that carries the session (subprotocol guacamole).'),
  })
  .meta({ id: 'Lease' });

export const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

/** RFC 9457. `support` is what a person reads out on the phone. */
export const Problem = z
  .object({
    type: z.string().describe('urn:sekisho:<code>'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe('What happened and what to do, in the language of the person or of Accept-Language.'),
    code,
    support: z.string(),
    reasons: z.array(z.object({ code, support: z.string(), text: z.string() })).exactOptional(),
    fields: z.array(z.object({ path: z.string(), expected: z.string() })).exactOptional(),
    retryAfterSeconds: z.number().int().min(0).exactOptional(),
    incident: z.string().exactOptional().describe('Names the entry in the operational log, for a fault of the service.'),
  })
  .meta({ id: 'Problem' });

export type PasswordSignIn = z.infer<typeof PasswordSignIn>;
export type OneTimeCode = z.infer<typeof OneTimeCode>;
export type InvitationToken = z.infer<typeof InvitationToken>;
export type InvitationRedemption = z.infer<typeof InvitationRedemption>;
export type LanguageChoice = z.infer<typeof LanguageChoice>;
export type DesktopCredentials = z.infer<typeof DesktopCredentials>;
export type LeaseRequest = z.infer<typeof LeaseRequest>;
export type RelayQuery = z.infer<typeof RelayQuery>;
export type NextStep = z.infer<typeof NextStep>;
export type Enrolment = z.infer<typeof Enrolment>;
export type Invitation = z.infer<typeof Invitation>;
export type Duty = z.infer<typeof Duty>;
export type User = z.infer<typeof User>;
export type SignInDone = z.infer<typeof SignInDone>;
export type SignIn = z.infer<typeof SignIn>;
export type SignInList = z.infer<typeof SignInList>;
export type Desktop = z.infer<typeof Desktop>;
export type DesktopList = z.infer<typeof DesktopList>;
export type Lease = z.infer<typeof Lease>;
export type Health = z.infer<typeof Health>;
export type Problem = z.infer<typeof Problem>;
