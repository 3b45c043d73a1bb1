import { asOf, authorise, may } from '../authorization/index.ts';
import type { ContinuityDeps } from '../continuity/deps.ts';
import type { Candidate, Deputyship, OrderProposal, SignedIn, Succession } from '../port.ts';
import type { Connection } from '../store/index.ts';
import { readHeads, readOrder, readPeople } from './people.ts';

/** Who stands in for whom, and what the asking person may do about it. */
export function createView({ database, clock, policy }: Pick<ContinuityDeps, 'database' | 'clock' | 'policy'>): Succession['view'] {
  return async (person) => {
    const now = clock.now();
    const holder = asOf(person, now);
    authorise(holder, 'level.view');
    const { organisationId, personId } = person;
    const [heads, order, open, running] = await Promise.all([readHeads(database, organisationId), readOrder(database, organisationId), readOpenOrders(database, organisationId, now), readRunning(database, organisationId, now)]);
    const people = await readPeople(database, [...order, ...open.flatMap(({ people, proposedBy }) => [...people, proposedBy]), ...(running ? [running.deputyId, running.begunBy, ...running.absent] : [])]);
    const named = (id: string): Candidate => people.get(id) ?? { id, displayName: '', unitName: '' };
    const deputyship: Deputyship | undefined = running && {
      id: running.id,
      deputy: nameOf(named(running.deputyId)),
      how: running.how,
      begunBy: nameOf(named(running.begunBy)),
      absent: running.absent.map((id) => nameOf(named(id))),
      reason: running.reason,
      since: running.since,
      until: running.until,
      own: running.deputyId === personId,
    };
    const acts = deputyship?.own === true;
    return {
      heads,
      order: order.map(named),
      proposals: open.map(({ people, proposedBy, ...proposal }): OrderProposal => ({ ...proposal, people: people.map(named), proposedBy: nameOf(named(proposedBy)), own: proposedBy === personId })),
      ...(deputyship && { deputyship }),
      may: {
        propose: may(person, 'succession.propose') && !acts,
        approve: may(person, 'succession.approve'),
        handOver: may(person, 'deputies.hand-over') && deputyship === undefined && order.length > 0,
        declare: mayDeclare(order, personId, running) && may(holder, 'deputies.declare'),
        endDeputyship: running !== undefined && mayEnd(person, running),
      },
      longest: (await policy.current())?.durations.deputy ?? null,
    };
  };
}

type Running = { readonly id: string; readonly deputyId: string; readonly how: Deputyship['how']; readonly begunBy: string; readonly absent: readonly string[]; readonly reason: string; readonly since: Date; readonly until: Date };

/** Somebody of the order, unless they act already or somebody before them does. */
export function mayDeclare(order: readonly string[], personId: string, running: Pick<Running, 'deputyId' | 'how'> | undefined): boolean {
  const place = order.indexOf(personId);
  if (place < 0 || running?.deputyId === personId) return false;
  // The authority itself chose; whom those before have not declared absent has a place after.
  return running === undefined || (running.how === 'declared' && order.indexOf(running.deputyId) > place);
}

/** The deputy, whoever was said to be absent, and the authority. */
export function mayEnd(person: SignedIn, { deputyId, absent }: Pick<Running, 'deputyId' | 'absent'>): boolean {
  return person.personId === deputyId || absent.includes(person.personId) || may(person, 'deputies.hand-over');
}

/** The deputyship that runs at this moment. */
export async function readRunning(connection: Connection, organisationId: string, now: Date): Promise<Running | undefined> {
  return connection
    .selectFrom('deputyship')
    .where('organisation_id', '=', organisationId)
    .where('ended_at', 'is', null)
    .where('until', '>', now)
    .select(['id', 'deputy_id as deputyId', 'how', 'begun_by as begunBy', 'absent', 'reason', 'begins_at as since', 'until'])
    .executeTakeFirst();
}

async function readOpenOrders(connection: Connection, organisationId: string, now: Date) {
  return connection
    .selectFrom('succession_order')
    .where('organisation_id', '=', organisationId)
    .where('approved_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('closes_at', '>', now)
    .orderBy('proposed_at', 'desc')
    .orderBy('id')
    .select(['id', 'people', 'reason', 'proposed_by as proposedBy', 'proposed_at as proposedAt', 'closes_at as closesAt'])
    .execute();
}

const nameOf = ({ id, displayName }: Candidate) => ({ id, displayName });
