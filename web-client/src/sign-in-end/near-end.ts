import type { User } from '../../../gateway/http/schemas/index.ts';

/** The gateway marks a sign-in as seen once a minute at most, and looks once a minute at what is done on a desktop. In seconds. */
const SLACK = 120;

/** Which end is near and how many seconds are left; the nearer of two. */
export type NearEnd = { readonly because: 'idle' | 'expired'; readonly seconds: number };

/**
 * Whether a person is to be told that the sign-in ends soon.
 * @param lastActivity when the gateway last heard of it; this and `now` in milliseconds since 1970
 */
export function nearEnd({ expiresAt, idleSeconds, warnSeconds }: Pick<User, 'expiresAt' | 'idleSeconds' | 'warnSeconds'>, lastActivity: number, now: number): NearEnd | undefined {
  const left = { expired: Math.ceil((Date.parse(expiresAt) - now) / 1000), idle: Math.ceil((lastActivity - now) / 1000 + Math.max(idleSeconds - SLACK, idleSeconds / 2)) };
  const because = left.expired <= left.idle ? 'expired' : 'idle';
  return left[because] <= warnSeconds ? { because, seconds: Math.max(0, left[because]) } : undefined;
}
