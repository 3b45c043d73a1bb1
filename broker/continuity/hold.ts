import { events, type AuditEvent } from '../audit/index.ts';
import type { Ids } from '../environment.ts';
import type { Policy } from '../policy/policy.ts';
import type { ContinuityEvent } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import { readChain } from './chain.ts';
import { standingAfter, type Change } from './change.ts';
import { fallsBy } from './falls.ts';
import { levelAfter } from './in-force.ts';
import { firstUnjustified, neverWas } from './justified.ts';
import type { Standing } from './levels.ts';
import { owedAfter } from './owed.ts';
import { trustedTime } from './trusted-time.ts';
import type { ContinuityDeps } from './deps.ts';
import { changeFields, writeChange } from './write-change.ts';

/** The level of an organisation, which nobody else changes until the transaction ends. */
export type Held = {
  readonly organisationId: string;
  readonly now: Date;
  /** Of the newest change; 0 before the first. */
  readonly number: number;
  /** What everybody has. */
  readonly standing: Standing;
  /** The change that has raised it provisionally. */
  readonly provisional: (Change & { readonly until: Date }) | undefined;
  readonly about: { readonly event: ContinuityEvent | null; readonly onset: Date | null };
  /** The newest change counts for nothing. */
  readonly unjustified: boolean;
  /** What time had brought about and is written now; goes on the trail before what follows. */
  readonly written: readonly AuditEvent[];
};

export type HoldDeps = { readonly ids: Pick<Ids, 'uuid'> } & Pick<ContinuityDeps, 'clock' | 'databaseTime'>;

/**
 * Locks an organisation's level, and writes what time has brought about before anything is decided on it. Without a policy
 * nothing says how long a lower level lasts; then what is over is not counted, and not written.
 */
export async function holdLevel(
  transaction: Transaction,
  { ids, ...time }: HoldDeps,
  { organisationId, policy }: { organisationId: string; policy: Pick<Policy, 'levels'> | undefined },
): Promise<Held> {
  await transaction.selectFrom('organisation').where('id', '=', organisationId).select('id').forNoKeyUpdate().executeTakeFirstOrThrow();
  // After the lock: whoever waited for another one acts after it.
  const chain = await readChain(transaction, organisationId);
  const last = chain.at(-1);
  const now = await trustedTime(transaction, time, last === undefined || neverWas(last) ? undefined : last.since);
  const unjustified = firstUnjustified(chain) !== undefined;
  const held = { organisationId, now, number: last?.number ?? 0, provisional: undefined, about: { event: last?.event ?? null, onset: last?.onset ?? null }, unjustified, written: [] };
  if (last === undefined || unjustified) return { ...held, standing: { level: '0', until: undefined } };
  if (policy === undefined) {
    const { level, until, provisional } = levelAfter(chain, now);
    return { ...held, standing: { level, until }, provisional: provisional && { ...last, until: provisional.until } };
  }
  const owed = owedAfter(last, policy.levels, now);
  const written = [];
  let from = last.level;
  for (const [index, { how, level, since, until }] of owed.entries()) {
    const about = level === '0' ? { event: null, onset: null } : held.about;
    const change = { id: ids.uuid(), organisationId, number: last.number + index + 1, level, how, since, until, reason: last.reason, ...about };
    await writeChange(transaction, change);
    written.push((how === 'reverted' ? events.levelReverted : events.levelFell)({ actor: { kind: 'system' }, organisationId, from, ...changeFields(change) }));
    from = level;
  }
  const base = standingAfter(last);
  return {
    ...held,
    number: last.number + owed.length,
    standing: owed.at(-1) ?? fallsBy(base, policy.levels, now).at(-1) ?? base,
    provisional: last.how === 'provisional' && owed.length === 0 && last.until !== null ? { ...last, until: last.until } : undefined,
    written,
  };
}
