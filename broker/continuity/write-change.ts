import type { ContinuityEvent, Level } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import type { Change } from './change.ts';
import type { Standing } from './levels.ts';

export type NewChange = {
  readonly id: string;
  readonly organisationId: string;
  readonly number: number;
  readonly level: Level;
  readonly how: Change['how'];
  readonly since: Date;
  readonly until: Date | undefined;
  readonly reason: string;
  readonly event: ContinuityEvent | null;
  readonly onset: Date | null;
  readonly proposalId?: string;
  readonly actedBy?: string;
  /** What stays for everybody under a provisional level. */
  readonly base?: Standing;
};

/** The database refuses a change that nothing justifies, when the transaction ends. */
export async function writeChange(transaction: Transaction, { id, organisationId, number, level, how, since, until, reason, event, onset, proposalId, actedBy, base }: NewChange): Promise<void> {
  await transaction
    .insertInto('level_change')
    .values({
      id,
      organisation_id: organisationId,
      number,
      level,
      base_level: base?.level ?? level,
      how,
      proposal_id: proposalId ?? null,
      acted_by: actedBy ?? null,
      event,
      onset,
      reason,
      since,
      until: until ?? null,
      base_until: base?.until ?? null,
    })
    .execute();
}

/** As the trail tells a change. */
export function changeFields({ id, number, level, until, event, onset, reason }: NewChange) {
  return { changeId: id, number, level, until: until?.toISOString(), event: event ?? undefined, onset: onset?.toISOString(), reason };
}
