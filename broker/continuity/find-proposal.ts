import { Refusal } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import { readProposalRow, type ProposalRow } from './proposals.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** To be read while the level is held. @throws Refusal `not-found`, also for what belongs to another organisation */
export async function findProposal(transaction: Transaction, organisationId: string, id: string): Promise<ProposalRow> {
  const found = UUID.test(id) ? await readProposalRow(transaction, organisationId, id) : undefined;
  if (found === undefined) throw new Refusal('not-found');
  return found;
}
