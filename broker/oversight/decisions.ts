import type { Code, Level, SignedIn, Site } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';

export type DecisionToRecord = {
  readonly person: Pick<SignedIn, 'personId' | 'organisationId' | 'unitId' | 'signInId'>;
  /** What was asked for, also where there is no such thing. */
  readonly desktopId?: string | undefined;
  readonly poolId?: string | undefined;
  readonly dutyId?: string | undefined;
  /** The lease that was granted, given again or claimed. It must be in the table already. */
  readonly leaseId?: string | undefined;
  readonly decision: {
    readonly outcome: 'admit' | 'wait' | 'refuse';
    readonly reasons: readonly Code[];
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly policyVersion: string;
  };
  /** That holds for the organisation. */
  readonly level: Level;
  readonly site: Site | undefined;
  readonly address: string;
  readonly at: Date;
};

/**
 * Keeps a decision of admission where officers look for it. To be called once for every `admissionDecided`, in its
 * transaction, after the lease of an admission was inserted and before the trail is appended to: the proof is the trail's
 * record, which names what is returned here as its field `decisionId` (and the lease, where there is one, as `leaseId`).
 * @returns the id of the decision
 */
export async function recordDecision(transaction: Transaction, { person, desktopId, poolId, dutyId, leaseId, decision, level, site, address, at }: DecisionToRecord): Promise<string> {
  const { id } = await transaction
    .insertInto('admission_decision')
    .values({
      id: sql<string>`gen_random_uuid()`,
      organisation_id: person.organisationId,
      unit_id: person.unitId,
      person_id: person.personId,
      sign_in_id: person.signInId,
      desktop_id: desktopId ?? null,
      pool_id: poolId ?? null,
      duty_id: dutyId ?? null,
      lease_id: leaseId ?? null,
      at,
      outcome: decision.outcome,
      reasons: [...decision.reasons],
      policy_version: decision.policyVersion,
      level,
      site: site ?? null,
      address,
      inputs: JSON.stringify(decision.inputs),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
