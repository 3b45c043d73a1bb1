import type { Transaction } from '../store/index.ts';
import { readDrill, type StoredDrill } from './store.ts';

export const isOver = ({ endedAt, endsAt }: Pick<StoredDrill, 'endedAt' | 'endsAt'>, now: Date): boolean => endedAt !== null || endsAt <= now;

/** Nobody acts in it, or ends it, until the transaction ends. @throws Refusal `not-found` */
export async function holdDrill(transaction: Transaction, organisationId: string, drillId: string): Promise<StoredDrill> {
  await transaction.selectFrom('drill').where('id', '=', drillId).where('organisation_id', '=', organisationId).select('id').forUpdate().executeTakeFirst();
  return readDrill(transaction, organisationId, drillId);
}
