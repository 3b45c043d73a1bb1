import { events, type AuditEvent } from '../audit/index.ts';
import { asOf, authorise } from '../authorization/index.ts';
import { createAct } from '../continuity/act.ts';
import { actorOf, type ContinuityDeps } from '../continuity/deps.ts';
import { later } from '../continuity/falls.ts';
import { readReason } from '../continuity/given.ts';
import { holdRight } from '../continuity/hold-right.ts';
import { trustedTime } from '../continuity/trusted-time.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import type { Policy } from '../policy/index.ts';
import { Refusal, type SignedIn, type Succession } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';
import { readHeads, readOrder } from './people.ts';
import { mayDeclare, mayEnd } from './view.ts';

/**
 * Deputies (代行), one at a time. The authority hands over to somebody of the order; or somebody of the order declares the authority and
 * all those before absent. Each has an end that policy limits, and ends earlier by the deputy, the authority or the return of anybody
 * who was said to be absent.
 */
export function createDeputies(deps: ContinuityDeps, view: Succession['view']): Pick<Succession, 'handOver' | 'declare' | 'end'> {
  const { trail, clock, ids, policy } = deps;
  const act = createAct(deps);

  async function begin(transaction: Transaction, person: SignedIn, rules: Policy, now: Date, given: Beginning): Promise<AuditEvent> {
    const { organisationId, personId } = person;
    const { deputyId, how, absent, reason } = given;
    const until = endOf(rules, now, given.until);
    const id = ids.uuid();
    await transaction.insertInto('deputyship').values({ id, organisation_id: organisationId, deputy_id: deputyId, how, begun_by: personId, absent: [...absent], reason, begins_at: now, until }).execute();
    return events.deputyBegan({ actor: actorOf(person), organisationId, deputyshipId: id, deputyId, how, absent, reason, until: until.toISOString() });
  }

  return {
    async handOver({ person, deputyId: given, reason: typed, until, origin }) {
      authorise(person, 'deputies.hand-over');
      const rules = await rulesFor(person);
      const [deputyId, reason] = [given.toLowerCase(), readReason(typed)];
      const { organisationId, personId } = person;
      await act(
        organisationId,
        async (transaction) => {
          await holdRight(transaction, person, 'deputies.hand-over');
          const now = await trustedTime(transaction, deps);
          const { running, written } = await holdRunning(transaction, organisationId, now);
          const order = await readOrder(transaction, organisationId);
          if (running !== undefined || !order.includes(deputyId)) throw new Refusal('deputy-not-next');
          const begun = await begin(transaction, person, rules, now, { deputyId, how: 'handed-over', absent: [personId], reason, until });
          await trail.append(transaction, ...written, { ...begun, address: origin.address });
        },
        (refusal) => events.successionRefused({ actor: actorOf(person), organisationId, address: origin.address, act: 'hand-over', aboutId: deputyId, refusal }),
      );
      return view(person);
    },

    async declare({ person, reason: typed, until, origin }) {
      const { organisationId, personId } = person;
      authorise(asOf(person, clock.now()), 'deputies.declare');
      const rules = await rulesFor(person);
      const reason = readReason(typed);
      await act(
        organisationId,
        async (transaction) => {
          await holdSignIn(transaction, person);
          const now = await trustedTime(transaction, deps);
          const { running, written } = await holdRunning(transaction, organisationId, now);
          const order = await readOrder(transaction, organisationId);
          if (!mayDeclare(order, personId, running)) throw new Refusal('deputy-not-next');
          if (running !== undefined) written.push(await endRunning(transaction, running, { now, by: person, because: 'replaced' }));
          const heads = (await readHeads(transaction, organisationId)).map(({ id }) => id);
          const absent = [...new Set([...heads, ...order.slice(0, order.indexOf(personId))])];
          const begun = await begin(transaction, person, rules, now, { deputyId: personId, how: 'declared', absent, reason, until });
          await trail.append(transaction, ...written, { ...begun, address: origin.address });
        },
        (refusal) => events.successionRefused({ actor: actorOf(person), organisationId, address: origin.address, act: 'declare', refusal }),
      );
      return view(person);
    },

    async end({ person, deputyshipId, origin }) {
      const { organisationId, personId } = person;
      authorise(asOf(person, clock.now()), 'level.view');
      await act(
        organisationId,
        async (transaction) => {
          await holdSignIn(transaction, person);
          const now = await trustedTime(transaction, deps);
          const found = await holdOne(transaction, organisationId, deputyshipId);
          if (!mayEnd(person, found)) throw new Refusal('forbidden');
          if (found.endedAt !== null || found.until <= now) throw new Refusal('deputyship-over');
          const because = personId === found.deputyId ? 'by-deputy' : found.absent.includes(personId) && found.how === 'declared' ? 'returned' : 'by-head';
          const ended = await endRunning(transaction, found, { now, by: person, because });
          await trail.append(transaction, { ...ended, address: origin.address });
        },
        (refusal) => events.successionRefused({ actor: actorOf(person), organisationId, address: origin.address, act: 'end-deputyship', aboutId: deputyshipId, refusal }),
      );
      // Whoever has just ended the own deputyship may see nothing of it any more.
      return view(person);
    },
  };

  async function rulesFor(person: SignedIn): Promise<Policy> {
    const rules = await policy.current();
    if (rules === undefined) throw new Refusal('policy-missing');
    requireFreshFactor(person, rules, clock);
    return rules;
  }
}

type Beginning = { readonly deputyId: string; readonly how: 'handed-over' | 'declared'; readonly absent: readonly string[]; readonly reason: string; readonly until: Date | undefined };
type Found = { readonly id: string; readonly deputyId: string; readonly how: 'handed-over' | 'declared'; readonly absent: readonly string[]; readonly until: Date; readonly endedAt: Date | null };

function endOf({ durations }: Policy, now: Date, asked: Date | undefined): Date {
  const latest = later(now, durations.deputy);
  if (asked === undefined) return latest;
  if (Number.isNaN(asked.getTime()) || asked <= now || asked > latest) throw new Refusal('request-invalid', { fields: [{ path: 'until', expected: `a time from now to ${latest.toISOString()}` }] });
  return asked;
}

/** Of somebody who needs no role for it. @throws Refusal `sign-in-required` */
async function holdSignIn(transaction: Transaction, { personId, signInId, organisationId }: SignedIn): Promise<void> {
  const account = await transaction.selectFrom('person').where('id', '=', personId).where('organisation_id', '=', organisationId).where('status', '=', 'active').select('id').forShare().executeTakeFirst();
  const signIn = await transaction.selectFrom('sign_in').where('id', '=', signInId).where('person_id', '=', personId).where('ended_at', 'is', null).select('id').forShare().executeTakeFirst();
  if (account === undefined || signIn === undefined) throw new Refusal('sign-in-required');
}

const COLUMNS = ['id', 'deputy_id as deputyId', 'how', 'absent', 'until', 'ended_at as endedAt'] as const;

/** The one that runs. One that time has ended is written as such on the way, so that it is in nobody's way. */
async function holdRunning(transaction: Transaction, organisationId: string, now: Date): Promise<{ readonly running: Found | undefined; readonly written: AuditEvent[] }> {
  const found = await transaction.selectFrom('deputyship').where('organisation_id', '=', organisationId).where('ended_at', 'is', null).select(COLUMNS).forUpdate().executeTakeFirst();
  if (found === undefined || found.until > now) return { running: found, written: [] };
  return { running: undefined, written: [await endExpired(transaction, organisationId, found)] };
}

async function holdOne(transaction: Transaction, organisationId: string, id: string): Promise<Found> {
  const found = await transaction.selectFrom('deputyship').where('organisation_id', '=', organisationId).where(sql<boolean>`id::text = ${id.toLowerCase()}`).select(COLUMNS).forUpdate().executeTakeFirst();
  if (found === undefined) throw new Refusal('not-found');
  return found;
}

async function endRunning(transaction: Transaction, { id, deputyId }: Found, { now, by, because }: { now: Date; by: SignedIn; because: 'by-head' | 'by-deputy' | 'returned' | 'replaced' }): Promise<AuditEvent> {
  await transaction.updateTable('deputyship').set({ ended_at: now, ended_by: by.personId, ended_because: because }).where('id', '=', id).execute();
  return events.deputyEnded({ actor: actorOf(by), organisationId: by.organisationId, deputyshipId: id, deputyId, why: because });
}

/** At the very time at which it was over. */
export async function endExpired(transaction: Transaction, organisationId: string, { id, deputyId, until }: Pick<Found, 'id' | 'deputyId' | 'until'>): Promise<AuditEvent> {
  await transaction.updateTable('deputyship').set({ ended_at: until, ended_by: null, ended_because: 'expired' }).where('id', '=', id).execute();
  return events.deputyEnded({ actor: { kind: 'system' }, organisationId, deputyshipId: id, deputyId, why: 'expired' });
}
