import type { Board, PriorityClass } from '../port.ts';
import type { Place } from '../waiting/allocate.ts';
import type { Holder } from '../waiting/entry.ts';

export const CLASSES: readonly PriorityClass[] = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'PX'];

/** Who sits and who waits, by class. */
export function classesOf(organisationId: string, { holders: all, places }: { readonly holders: readonly Holder[]; readonly places: readonly Place[] }, now: Date): Board['classes'] {
  const holders = all.filter((holder) => holder.organisationId === organisationId);
  const waiting = places.map(({ standing }) => standing.entry).filter((entry) => entry.organisationId === organisationId);
  return CLASSES.map((name) => {
    const [sitting, standing] = [holders.filter((holder) => holder.class === name), waiting.filter((entry) => entry.class === name)];
    const since = Math.min(...standing.map(({ arrivedAt }) => arrivedAt.getTime()));
    return {
      class: name,
      sessions: sitting.length,
      surplus: sitting.filter(({ surplus }) => surplus).length,
      waiting: standing.length,
      ...(standing.length > 0 && { longestWait: Math.max(0, Math.round((now.getTime() - since) / 1000)) }),
    };
  });
}
