import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { Told } from '../../../gateway/realtime/contract.ts';
import { createLive, type Live } from './live.ts';
import { keysOf } from './topics.ts';

const lives = new WeakMap<QueryClient, Live>();

/** The one line of this page. What it takes is loaded when the first topic is watched. */
export function usePageLine(): Live {
  const queryClient = useQueryClient();
  const there = lives.get(queryClient);
  if (there !== undefined) return there;
  const live = createLive({
    openLine: async (topics, events) => (await import('./line.ts')).openLine(topics, events),
    ask: (topics) => ask(queryClient, topics),
  });
  lives.set(queryClient, live);
  return live;
}

/** A page that nobody looks at asks when it is looked at again, so that it keeps no idle sign-in alive; who one is counts at once. */
function ask(queryClient: QueryClient, topics: ReadonlySet<Told['topic']>): void {
  const keys = keysOf(topics);
  const fits = (first: unknown) => keys === undefined || (typeof first === 'string' && keys.has(first));
  const now = document.visibilityState === 'visible' || topics.has('person');
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => fits(queryKey[0]), refetchType: now ? 'active' : 'none' });
}
