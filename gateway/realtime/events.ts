import { z } from 'zod';
import { TOPICS, type ClientEvents, type WatchAnswer } from './contract.ts';
import type { Member } from './member.ts';

const Topics = z.strictObject({ topics: z.array(z.enum(TOPICS)).max(TOPICS.length) });

/**
 * THE table of what a page may say. Whoever says it is signed in completely, asked anew each time; what may be heard of
 * a topic is decided in rooms.ts. What is not here is refused.
 */
export const EVENTS: { readonly [Name in keyof ClientEvents]: (member: Member, asked: unknown) => WatchAnswer } = {
  watch: (member, asked) => changed(member, asked, 'watch'),
  unwatch: (member, asked) => changed(member, asked, 'unwatch'),
};

function changed(member: Member, asked: unknown, how: 'watch' | 'unwatch'): WatchAnswer {
  const { success, data } = Topics.safeParse(asked);
  if (!success) return { code: 'request-invalid' };
  member[how](data.topics);
  return { watching: member.watching() };
}
