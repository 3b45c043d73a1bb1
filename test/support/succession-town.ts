import type { SignedIn, StandsIn } from '../../broker/port.ts';
import type { Database } from '../../broker/store/index.ts';
import { addPerson, standingClock } from './office.ts';
import { createTown, origin } from './town.ts';

/**
 * A town of this very day, since the database holds deputies against its own clock, with three people in the succession order. Whoever asks is
 * known as the store knows them at that moment, as at the entrance.
 */
export async function createSuccessionTown(database: Database, options: Partial<Parameters<typeof createTown>[0]> = {}) {
  const town = await createTown({ database, clock: standingClock(new Date()), ...options });
  const { succession, organisation, clock, proposer, approver } = town;
  const [first, second, third] = [await town.person('staff'), await addPerson(database, organisation, clock.now(), ['staff']), await town.person('staff')];
  const known = async (person: SignedIn): Promise<SignedIn> => {
    const order = await database.selectFrom('succession_order').where('organisation_id', '=', organisation.id).where('number', 'is not', null).orderBy('number', 'desc').select('people').executeTakeFirst();
    const deputy = await database.selectFrom('deputyship').where('deputy_id', '=', person.personId).where('ended_at', 'is', null).select(['id', 'begins_at as since', 'until']).executeTakeFirst();
    const standsIn: StandsIn | undefined = deputy ? { deputy } : order?.people.includes(person.personId) ? {} : undefined;
    return town.fresh({ ...person, ...(standsIn && { standsIn }) });
  };
  const order = async (people: readonly SignedIn[], by = proposer) => {
    const before = new Set((await succession.view(by)).proposals.map(({ id }) => id));
    const after = await succession.proposeOrder({ person: await known(by), people: people.map(({ personId }) => personId), reason: '毎年の見直し', origin });
    return after.proposals.find(({ id }) => !before.has(id))!.id;
  };
  const approveOrder = async (orderId: string, by = approver) => succession.approveOrder({ person: await known(by), orderId, origin });
  return {
    ...town,
    first,
    second,
    third,
    known,
    order,
    approveOrder,
    withOrder: async (...people: readonly SignedIn[]) => approveOrder(await order(people.length === 0 ? [first, second, third] : people)),
    handOver: async (to: SignedIn, { until, by = approver }: { until?: Date; by?: SignedIn } = {}) =>
      succession.handOver({ person: await known(by), deputyId: to.personId, reason: '出張のため', ...(until && { until }), origin }),
    declare: async (by: SignedIn, until?: Date) => succession.declare({ person: await known(by), reason: '連絡が取れない', ...(until && { until }), origin }),
    end: async (deputyshipId: string, by: SignedIn) => succession.end({ person: await known(by), deputyshipId, origin }),
    view: async (by = proposer) => succession.view(await known(by)),
    approveAs: async (proposalId: string, by: SignedIn) => town.continuity.approve({ person: await known(by), proposalId, origin }),
    told: async (...names: readonly string[]) => (await town.events()).filter(({ event }) => names.includes(event)),
  };
}

export type SuccessionTown = Awaited<ReturnType<typeof createSuccessionTown>>;
