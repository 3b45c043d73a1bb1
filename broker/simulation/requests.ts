import type { PriorityClass } from '../port.ts';
import { randomFrom } from './random.ts';
import type { Scenario } from './scenario.ts';

/** One person who asks once. Times in milliseconds since the onset. */
export type Request = {
  readonly id: string;
  readonly duty: string;
  readonly class: PriorityClass;
  /** Seconds; null: that of the class. */
  readonly targetSeconds: number | null;
  readonly path: readonly string[];
  readonly weight: number;
  readonly asksAt: number;
  readonly stays: number;
  readonly patience: number | undefined;
};

const HOUR = 3_600_000;

/** Who asks for what and when, in the order in which they ask. */
export function requestsOf({ groups, organisation, seed = 1 }: Scenario): readonly Request[] {
  const random = randomFrom(seed);
  const asked = groups.flatMap((group, index) =>
    Array.from({ length: group.people }, (_, number): Request => ({
      id: `${index}-${number}`,
      duty: group.duty,
      class: group.class,
      targetSeconds: group.target === undefined ? null : group.target * 3_600,
      path: [group.organisation ?? organisation, ...(group.unit?.split('/') ?? [])],
      weight: group.weight ?? 1,
      asksAt: (group.asks.from + random.next() * (group.asks.to - group.asks.from)) * HOUR,
      stays: random.logNormal(group.stays.typically, group.stays.spread ?? 0.5) * HOUR,
      patience: group.patience === undefined ? undefined : group.patience * HOUR,
    })),
  );
  return asked.toSorted((one, other) => one.asksAt - other.asksAt);
}
