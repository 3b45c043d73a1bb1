/** What pages and the gateway say to each other on the live line. The web client takes its types from here. */
import type { Code } from '../../broker/port.ts';

/** What a page may watch. */
export const TOPICS = ['level', 'policy', 'entry', 'person', 'directory', 'desktops', 'lease', 'waiting', 'board', 'drill'] as const;
export type Topic = (typeof TOPICS)[number];

/** Something changed; what it is now has to be asked. `everything`: changes may have been missed. */
export type Told = { readonly topic: Topic | 'everything'; readonly leaseId?: string };

export type ServerEvents = {
  changed: (told: Told) => void;
  /** The sign-in is over, and so is this connection. */
  'signed-out': () => void;
};

/** `watching`: every topic that is watched now. A topic of which the person may hear nothing is not among them. */
export type WatchAnswer = { readonly watching: readonly Topic[] } | { readonly code: Code };

export type ClientEvents = {
  watch: (asked: { topics: readonly Topic[] }, answer: (answer: WatchAnswer) => void) => void;
  unwatch: (asked: { topics: readonly Topic[] }, answer: (answer: WatchAnswer) => void) => void;
};
