import { countsFrom } from '../policy/day-limit.ts';
import type { Policy } from '../policy/index.ts';
import { TELEWORK_SITES } from '../policy/telework.ts';
import { sql, type Connection } from '../store/index.ts';
import { beginningOf } from '../telework/japan-time.ts';
import type { DutyFacts, WorkedDay } from './facts.ts';

/** What the person brings along beside the desktop: rules that were acknowledged, days that were worked, duties that were handed over. */
export type TeleworkFacts = {
  readonly acknowledged: boolean;
  readonly worked: readonly WorkedDay[];
  /** Now. */
  readonly delegated: readonly DutyFacts[];
  /** The account ends then by itself; null: it does not. */
  readonly accountEndsAt: Date | null;
};

/** Within a decision's transaction, it also holds the delegations of the duty still. */
export async function readTelework(connection: Connection, { personId, dutyId }: { readonly personId: string; readonly dutyId?: string }, policy: Policy | undefined, now: Date): Promise<TeleworkFacts> {
  const version = policy?.telework?.acknowledgement?.version ?? null;
  const since = asksForDays(policy) ? beginningOf(countsFrom(now)) : now;
  const { rows } = await sql<Row>`
    select acknowledged, worked, delegated, account_ends_at as "accountEndsAt"
    from telework_facts(${personId}, ${dutyId ?? null}, ${version}, ${since}, ${[...TELEWORK_SITES]}::text[], ${now})`.execute(connection);
  const [row] = rows;
  if (row === undefined) throw new Error('the facts of telework always have a row');
  return { ...row, delegated: row.delegated.map(({ delegation, ...duty }) => ({ ...duty, delegation: { id: delegation.id, endsAt: new Date(delegation.endsAt) } })) };
}

type Row = Omit<TeleworkFacts, 'delegated'> & { readonly delegated: readonly (Omit<DutyFacts, 'delegation'> & { readonly delegation: { readonly id: string; readonly endsAt: string } })[] };

export const asksForDays = (policy: Policy | undefined): boolean => policy?.telework?.days !== undefined || policy?.duties.some(({ days }) => days !== undefined) === true;
