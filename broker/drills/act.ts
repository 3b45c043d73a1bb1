import type { Level, PriorityClass } from '../port.ts';

/** What a person asks for in a drill, as it was when they asked. */
export type AskedFor = { readonly dutyId: string; readonly duty: string; readonly class: PriorityClass; readonly targetSeconds: number | null; readonly path: readonly string[]; readonly weight: number; readonly name: string };

/** One thing that somebody did in a drill. Acts count in the order of their numbers. */
export type Act = { readonly number: number; readonly at: Date } & (
  | { readonly kind: 'ask'; readonly personId: string; readonly asked: AskedFor }
  | { readonly kind: 'leave'; readonly personId: string }
  | { readonly kind: 'level'; readonly level: Level }
);
