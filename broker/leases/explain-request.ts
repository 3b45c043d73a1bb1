import { explain, type Explanation } from '../admission/explain.ts';
import { holdFacts } from '../admission/index.ts';
import type { Policy } from '../policy/index.ts';
import type { Level, PriorityClass, Site, Zone } from '../port.ts';
import type { Database } from '../store/index.ts';

export type RegisteredRequest = {
  readonly organisation: { readonly id: string; readonly name: string };
  readonly person: { readonly id: string; readonly unitId: string };
  readonly dutyId: string;
  /** Exactly one of the two. */
  readonly desktopId?: string;
  readonly poolId?: string;
  readonly address: string;
  /** As if it were asked from a registered device of the person. */
  readonly device?: boolean;
  /** Another level than the one in force, since this instant. */
  readonly level?: Level;
  /** Another instant than now. */
  readonly at?: Date;
};

export type ExplainedRequest = { readonly site: Site | undefined; readonly class: PriorityClass | undefined; readonly zone: Zone | undefined; readonly explanation: Explanation };

const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Why a registered person would get this desktop or not, now or at another level or hour, seats and queue as they are now. The facts are read as for a
 * real request, and nothing of it stays.
 */
export async function explainRequest(database: Database, policy: Policy, { organisation, person, dutyId, desktopId, poolId, address, device, level, at }: RegisteredRequest, now: Date): Promise<ExplainedRequest> {
  const asked = { personId: person.id, signInId: NOBODY, organisationId: organisation.id, organisationName: organisation.name, unitId: person.unitId, dutyId, desktopId, poolId, address };
  const held = await database.transaction().execute((transaction) => holdFacts(transaction, asked, policy, { now, counting: true, credentialsGiven: true }));
  const when = at ?? now;
  const { provisional: _, ...inForce } = held.facts.level;
  const facts = { ...held.facts, at: when, ...(device === true && { device: { id: NOBODY } }), ...(level !== undefined && { level: { ...inForce, level, since: when, onset: inForce.onset ?? when } }) };
  return { site: facts.site, class: facts.duty?.class, zone: facts.duty?.zone, explanation: explain(facts) };
}
