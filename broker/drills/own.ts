import type { DrillPart, OwnDrill } from '../port.ts';
import type { Shadow } from './shadow.ts';
import type { StoredDrill } from './store.ts';

/** What a person sees of the drill that runs, and of the own part in it. */
export function ownView({ id, name, event, levelNow, pace, startedAt, endsAt }: StoredDrill, shadow: Shadow, personId: string): OwnDrill {
  const part = partOf(shadow, { personId, pace, startedAt });
  return { id, name, event, level: levelNow, pace, startedAt, endsAt, elapsed: Math.round(shadow.play.elapsed() / 1000), ...(part && { part }) };
}

function partOf({ play, names }: Shadow, { personId, pace, startedAt }: { personId: string; pace: number; startedAt: Date }): DrillPart | undefined {
  const found = play.parts.get(personId);
  if (found === undefined) return undefined;
  const { lived, duty: dutyName, left } = found;
  const sitting = play.office.sitting.find((one) => one.lived === lived);
  const standing = play.office.standing.find((one) => one.lived === lived);
  const places = standing === undefined ? [] : play.places();
  const place = places.find((one) => one.standing.entry.id === standing?.entry.id);
  const running = sitting === undefined ? undefined : play.office.yielding.findLast(({ leaseId, outcome }) => outcome === 'running' && leaseId === sitting.holder.leaseId);
  return {
    state: left ? 'left' : running !== undefined ? 'yielding' : sitting !== undefined ? 'seated' : 'waiting',
    dutyId: lived.request.duty,
    dutyName,
    class: lived.request.class,
    ...(lived.admittedAt !== undefined && { admittedAfter: Math.round((lived.admittedAt - lived.request.asksAt) / 1000) }),
    displaced: lived.displaced,
    ...(place && { place: place.place, waiting: places.length }),
    reasons: place?.reasons ?? [],
    ...(running && { yieldsAt: new Date(startedAt.getTime() + running.endsAt / pace), yieldsTo: names.get(running.needing.request.duty) ?? '' }),
  };
}
