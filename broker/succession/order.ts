import { events } from '../audit/index.ts';
import { authorise, may } from '../authorization/index.ts';
import { createAct } from '../continuity/act.ts';
import { actorOf, type ContinuityDeps } from '../continuity/deps.ts';
import { closesAt, readReason } from '../continuity/given.ts';
import { holdDeputyship, holdRight } from '../continuity/hold-right.ts';
import { trustedTime } from '../continuity/trusted-time.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { Refusal, type Succession } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';
import { endByReturn } from './returned.ts';

const MOST = 20;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The order changes by two people, as every loosening does: whoever is put into it may come to approve levels. */
export function createOrders(deps: ContinuityDeps, view: Succession['view']): Pick<Succession, 'proposeOrder' | 'approveOrder' | 'withdrawOrder'> {
  const { trail, clock, ids, policy } = deps;
  const act = createAct(deps);
  return {
    async proposeOrder({ person, people: given, reason: typed, origin }) {
      const { organisationId, personId } = person;
      authorise(person, 'succession.propose');
      const rules = await policy.current();
      if (rules === undefined) throw new Refusal('policy-missing');
      requireFreshFactor(person, rules, clock);
      const people = given.map((id) => id.toLowerCase());
      if (people.length > MOST || new Set(people).size < people.length || !people.every((id) => UUID.test(id))) throw new Refusal('request-invalid', { fields: [{ path: 'people', expected: `up to ${MOST} people, each once` }] });
      const reason = readReason(typed);
      const circumstances = { actor: actorOf(person), organisationId, address: origin.address };
      await act(
        organisationId,
        async (transaction) => {
          await holdRight(transaction, person, 'succession.propose');
          const now = await trustedTime(transaction, deps);
          if ((await holdDeputyship(transaction, person, now)) !== undefined) throw new Refusal('deputy-cannot');
          const { rows } = await sql<{ id: string }>`select id from person where id = any(${people}::uuid[]) and organisation_id = ${organisationId} and may_stand_in(id)`.execute(transaction);
          if (rows.length < people.length) throw new Refusal('succession-unsuitable');
          const order = { id: ids.uuid(), organisation_id: organisationId, people, reason, proposed_by: personId, proposed_at: now, closes_at: closesAt(now, rules) };
          await transaction.insertInto('succession_order').values(order).execute();
          await trail.append(transaction, events.orderProposed({ ...circumstances, orderId: order.id, people, reason, closesAt: order.closes_at.toISOString() }));
        },
        (refusal) => events.successionRefused({ ...circumstances, act: 'propose-order', refusal }),
      );
      return view(person);
    },

    async approveOrder({ person, orderId, origin }) {
      const { organisationId, personId } = person;
      authorise(person, 'succession.approve');
      requireFreshFactor(person, await policy.current(), clock);
      const circumstances = { actor: actorOf(person), organisationId, address: origin.address };
      await act(
        organisationId,
        async (transaction) => {
          await holdRight(transaction, person, 'succession.approve');
          const returned = await endByReturn(transaction, person, clock.now());
          // Two orders that are approved at once come one after the other.
          await transaction.selectFrom('organisation').where('id', '=', organisationId).select('id').forNoKeyUpdate().executeTakeFirstOrThrow();
          const now = await trustedTime(transaction, deps);
          const order = await holdOrder(transaction, organisationId, orderId);
          if (order.proposedBy === personId) throw new Refusal('own-proposal');
          if (order.over || order.closesAt <= now) throw new Refusal('proposal-closed');
          const { newest } = await transaction.selectFrom('succession_order').where('organisation_id', '=', organisationId).select(({ fn }) => fn.max<string | null>('number').as('newest')).executeTakeFirstOrThrow();
          const number = Number(newest ?? 0) + 1;
          const { rows } = await sql<{ id: string }>`select id from person where id = any(${order.people}::uuid[]) and may_stand_in(id)`.execute(transaction);
          // Somebody may have left, or been given a role that does not go with it, since it was proposed.
          if (rows.length < order.people.length) throw new Refusal('succession-unsuitable');
          await transaction.updateTable('succession_order').set({ approved_by: personId, approved_at: now, number }).where('id', '=', order.id).execute();
          await trail.append(transaction, ...returned, events.orderApproved({ ...circumstances, orderId: order.id, number, people: order.people, proposedBy: order.proposedBy }));
        },
        (refusal) => events.successionRefused({ ...circumstances, act: 'approve-order', aboutId: orderId, refusal }),
      );
      return view(person);
    },

    async withdrawOrder({ person, orderId, origin }) {
      const { organisationId, personId } = person;
      authorise(person, 'succession.propose');
      requireFreshFactor(person, await policy.current(), clock);
      const circumstances = { actor: actorOf(person), organisationId, address: origin.address };
      await act(
        organisationId,
        async (transaction) => {
          await holdRight(transaction, person, 'succession.propose');
          const now = await trustedTime(transaction, deps);
          const order = await holdOrder(transaction, organisationId, orderId);
          if (order.proposedBy !== personId && !may(person, 'succession.approve')) throw new Refusal('forbidden');
          if (order.over) throw new Refusal('proposal-closed');
          await transaction.updateTable('succession_order').set({ withdrawn_at: now, withdrawn_by: personId }).where('id', '=', order.id).execute();
          await trail.append(transaction, events.orderWithdrawn({ ...circumstances, orderId: order.id, proposedBy: order.proposedBy }));
        },
        (refusal) => events.successionRefused({ ...circumstances, act: 'withdraw-order', aboutId: orderId, refusal }),
      );
      return view(person);
    },
  };
}

async function holdOrder(transaction: Transaction, organisationId: string, id: string) {
  const found = await transaction
    .selectFrom('succession_order')
    .where('organisation_id', '=', organisationId)
    .where(sql<boolean>`id::text = ${id.toLowerCase()}`)
    .select(['id', 'people', 'proposed_by as proposedBy', 'closes_at as closesAt', sql<boolean>`approved_at is not null or withdrawn_at is not null`.as('over')])
    .forUpdate()
    .executeTakeFirst();
  if (found === undefined) throw new Refusal('not-found');
  return found;
}
