import { events, type Actor } from '../audit/index.ts';
import type { Policy } from '../policy/policy.ts';
import { Refusal, type Level } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import type { ContinuityDeps } from './deps.ts';
import { untilOf } from './falls.ts';
import { holdLevel, type Held } from './hold.ts';
import { isTighter } from './levels.ts';
import { changeFields, writeChange } from './write-change.ts';

export type Tightening = {
  readonly organisationId: string;
  readonly level: Level;
  readonly reason: string;
  /** In whose name. */
  readonly personId: string;
  readonly actor: Actor;
  readonly address?: string;
  readonly policy: Policy | undefined;
};

/** Lets less in at once. What everybody had all along may stay where only a provisional level ends. @throws Refusal `level-not-tighter`, `policy-missing` */
export async function tighten(transaction: Transaction, deps: Pick<ContinuityDeps, 'trail' | 'clock' | 'ids' | 'databaseTime'>, { organisationId, level, reason, personId, actor, address, policy }: Tightening): Promise<void> {
  const held = await holdLevel(transaction, deps, { organisationId, policy });
  if (!isAllowed(held, level)) throw new Refusal('level-not-tighter');
  const change = { ...lowered(held, { level, until: untilAfter(held, level, policy) }), id: deps.ids.uuid(), reason, actedBy: personId };
  await writeChange(transaction, change);
  const from = held.provisional?.level ?? held.standing.level;
  const byAnother = actor.personId === personId ? {} : { actedBy: personId };
  await deps.trail.append(transaction, ...held.written, events.levelTightened({ actor, organisationId, address, from, ...byAnother, ...changeFields(change) }));
}

/** The change that puts a lower level in the place of what is held. */
export function lowered({ organisationId, now, number, about }: Held, { level, until }: { level: Level; until: Date | undefined }) {
  return { organisationId, number: number + 1, level, how: 'tightened', since: now, until, ...(level === '0' ? { event: null, onset: null } : about) } as const;
}

/** A change that counts for nothing can be put out of the way by level 0, which holds already. */
function isAllowed({ standing, provisional, unjustified }: Held, level: Level): boolean {
  return isTighter(standing.level, level) || (provisional !== undefined && level === standing.level) || (unjustified && level === '0');
}

function untilAfter({ standing, now }: Held, level: Level, policy: Policy | undefined): Date | undefined {
  if (level === '0') return undefined;
  if (policy === undefined) throw new Refusal('policy-missing');
  return level === standing.level ? standing.until : untilOf(policy.levels, level, now);
}
