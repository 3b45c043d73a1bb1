import type { Told, Topic } from '../../../gateway/realtime/contract.ts';

/** What the gateway may tell of, and the beginnings of the keys of what the pages then ask anew. */
export const keysByTopic: Readonly<Record<Topic, readonly string[]>> = {
  entry: ['entry', 'sessions'],
  level: ['me', 'own-duties', 'phases', 'level', 'desktops', 'pools'],
  policy: ['policy', 'own-duties', 'desktops', 'pools'],
  person: ['me', 'own-duties', 'phases', 'desktops', 'pools', 'lease', 'sign-ins', 'notices', 'factors', 'devices'],
  directory: ['people', 'duties', 'units'],
  desktops: ['desktops', 'pools', 'desktop-records', 'pool-records'],
  lease: ['lease', 'desktops', 'pools', 'sessions', 'desktop-records', 'telework'],
  waiting: ['waiting', 'desktops', 'pools'],
  board: ['board', 'drills'],
  drill: ['drill', 'drills'],
};

export const everyTopic = Object.keys(keysByTopic) as readonly Topic[];

/** The keys to ask anew; undefined for all there are. */
export function keysOf(topics: Iterable<Told['topic']>): ReadonlySet<string> | undefined {
  const keys = new Set<string>();
  for (const topic of topics) {
    if (topic === 'everything') return undefined;
    for (const key of keysByTopic[topic]) keys.add(key);
  }
  return keys;
}
