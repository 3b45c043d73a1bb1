import { randomBytes, randomUUID } from 'node:crypto';

/** The time of day. Injected, so that a test or a drill can use its own. */
export type Clock = { now(): Date };

/** Where new names come from. */
export type Ids = {
  /** A random UUID (RFC 9562, version 4). */
  uuid(): string;
  /** A bearer secret: 256 random bits in base64url, 43 characters. */
  token(): string;
};

/** The operational log. Never given secrets. */
export type Log = Record<'info' | 'warn' | 'error', (message: string, fields?: Record<string, unknown>) => void>;

export const systemClock: Clock = { now: () => new Date() };

export const randomIds: Ids = {
  uuid: () => randomUUID(),
  token: () => randomBytes(32).toString('base64url'),
};
