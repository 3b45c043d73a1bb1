import { events } from '../audit/index.ts';
import { authorise, type Reach } from '../authorization/index.ts';
import { unitAndBelow } from '../authorization/unit-and-below.ts';
import { assertId, refusal } from '../identity/refusals.ts';
import { placeOf } from '../identity/origin.ts';
import { readReason } from '../oversight/reason.ts';
import { pageOf, readCursor } from '../paging/by-name.ts';
import { rowsOf } from '../paging/rows.ts';
import { holdGrants } from '../people/right.ts';
import { Refusal, type Delegate, type Duties, type SignedIn } from '../port.ts';
import { inTransaction, sql, type Connection, type Transaction } from '../store/index.ts';
import { readDelegation, readDelegations } from './delegation-list.ts';
import type { DutiesDeps } from './deps.ts';
import { endDelegation } from './end-delegation.ts';

const FOUND = 50;

/** Handing duties over for a time (業務の委任). */
export function createDelegations(deps: DutiesDeps): Pick<Duties, 'delegate' | 'endDelegation' | 'delegates' | 'delegations' | 'ownDelegations'> {
  const { database, trail, clock, ids, policy } = deps;
  return {
    async delegate({ person, origin, dutyId, fromPersonId, toPersonId, beginsAt, endsAt, reason }) {
      for (const id of [dutyId, toPersonId, fromPersonId ?? person.personId]) assertId(id);
      const rules = (await policy.current())?.delegation;
      if (rules === undefined) throw new Refusal('delegation-not-allowed');
      // It would outlast the bypass.
      if (person.method === 'bypass') throw new Refusal('bypass-may-not');
      const now = clock.now();
      const from = beginsAt === undefined || beginsAt < now ? now : beginsAt;
      if (endsAt <= from) throw new Refusal('request-invalid', { fields: [{ path: 'endsAt', expected: 'later than the beginning' }] });
      if (endsAt.getTime() - from.getTime() > rules.longest * 1000 || from.getTime() - now.getTime() > rules.longest * 1000) throw new Refusal('span-too-long');
      const why = readReason(reason);
      return inTransaction(database, async (transaction) => {
        const delegatorId = (fromPersonId ?? person.personId).toLowerCase();
        const reach = await holdRight(transaction, person, fromPersonId !== undefined);
        await assertWithin(transaction, reach, delegatorId, toPersonId);
        const duty = await transaction.selectFrom('duty_assignment').innerJoin('duty', 'duty.id', 'duty_assignment.duty_id').where('person_id', '=', delegatorId).where('duty_id', '=', dutyId).where('duty.status', '=', 'active').select(['duty.zone', 'duty.id']).forShare().executeTakeFirst();
        // What was handed to oneself is not handed on.
        if (!duty) throw refusal('not-found');
        if (duty.zone === 'my-number' && !rules.myNumber) throw new Refusal('delegation-not-for-zone');
        if (await holdsAlready(transaction, toPersonId, dutyId)) throw refusal('conflict');
        const id = ids.uuid();
        const { organisationId, personId, signInId } = person;
        const added = await transaction
          .insertInto('delegation')
          .values({ id, organisation_id: organisationId, duty_id: dutyId, delegator_id: delegatorId, delegate_id: toPersonId, made_by: personId, reason: why, made_at: now, begins_at: from, ends_at: endsAt, ended_at: null, ended_because: null, ended_by: null })
          // Somebody else hands it to the same person at this moment.
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!added) throw refusal('conflict');
        const { address } = placeOf(origin);
        await trail.append(transaction, events.dutyDelegated({ actor: { kind: 'person', personId, signInId }, organisationId, address, delegationId: id, dutyId, personId: delegatorId, delegateId: toPersonId.toLowerCase(), beginsAt: from.toISOString(), endsAt: endsAt.toISOString(), reason: why }));
        return readDelegation(transaction, id, now);
      });
    },

    async endDelegation({ person, origin, delegationId, forOthers }) {
      assertId(delegationId);
      return inTransaction(database, async (transaction) => {
        const reach = await holdRight(transaction, person, forOthers);
        const found = await readDelegation(transaction, delegationId, clock.now());
        const own = found.from.id === person.personId || found.to.id === person.personId;
        if (forOthers ? !(await isReached(transaction, reach, found.from.id)) : !own) throw refusal('not-found');
        const { personId, signInId } = person;
        const why = !forOthers && found.to.id === personId ? 'given-back' : 'revoked';
        await endDelegation(transaction, deps, { id: delegationId, why, by: { kind: 'person', personId, signInId, address: placeOf(origin).address } });
        return readDelegation(transaction, delegationId, clock.now());
      });
    },

    async delegates({ person, search, forOthers }) {
      const reach = await reachIn(database, person, forOthers);
      const part = search?.normalize('NFKC').trim().toLowerCase() ?? '';
      const { rows } = await sql<Delegate>`
        select person.id, person.display_name as "displayName", unit.name as "unitName",
          (select coalesce(json_agg(json_build_object('id', duty.id, 'name', duty.name, 'zone', duty.zone) order by duty.name), '[]')
            from duty_assignment join duty on duty.id = duty_assignment.duty_id where duty_assignment.person_id = person.id and duty.status = 'active') as duties
        from person join unit on unit.id = person.unit_id
        where ${within(reach)} and ${staff} ${forOthers ? sql`` : sql`and person.id <> ${person.personId}`}
          and (strpos(person.username, ${part}) > 0 or strpos(lower(normalize(person.display_name, NFKC)), ${part}) > 0)
        order by person.display_name, person.id limit ${FOUND}`.execute(database);
      return rows;
    },

    async delegations({ person, standing, cursor, limit }) {
      const reach = authorise(person, 'delegations.view');
      const [now, count] = [clock.now(), rowsOf(limit)];
      const conditions = [
        sql`delegation.organisation_id = ${reach.organisationId}`,
        ...(reach.units === 'all' ? [] : [sql`(giver.unit_id = any (${[...reach.units]}::uuid[]) or taker.unit_id = any (${[...reach.units]}::uuid[]))`]),
        ...(standing === undefined ? [] : [standing === 'open' ? sql`delegation.ended_at is null and delegation.ends_at > ${now}` : sql`(delegation.ended_at is not null or delegation.ends_at <= ${now})`]),
        ...(cursor === undefined ? [] : [sql`(delegation.made_at, delegation.id) < ${placeIn(readCursor(cursor))}`]),
      ];
      return pageOf(await readDelegations(database, sql`${sql.join(conditions, sql` and `)}`, count + 1, now), count, ({ madeAt, id }) => `${madeAt.toISOString()} ${id}`);
    },

    ownDelegations: async ({ personId }) => readDelegations(database, sql`(delegation.delegator_id = ${personId} or delegation.delegate_id = ${personId})`, FOUND, clock.now()),
  };
}

/** Where the page before ended. @throws Refusal `request-invalid` */
function placeIn(cursor: string) {
  const [at = '', id = ''] = cursor.split(' ');
  if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw new Refusal('request-invalid', { fields: [{ path: 'cursor', expected: 'a cursor from the page before' }] });
  return sql`(${new Date(at)}::timestamptz, ${id}::uuid)`;
}

const staff = sql`person.status = 'active' and exists (select from role_grant where role_grant.person_id = person.id and role_grant.role = 'staff')`;

function within({ organisationId, units }: Reach) {
  const own = sql`person.organisation_id = ${organisationId}`;
  return units === 'all' ? own : sql`${own} and person.unit_id = any (${[...units]}::uuid[])`;
}

/** A role's reach, or of a person's own duties the own unit with what is below it. Throws `forbidden`. */
async function reachIn(connection: Connection, person: SignedIn, forOthers: boolean): Promise<Reach> {
  if (forOthers) return authorise(person, 'duties.delegate');
  const { organisationId, unitId } = person;
  return { organisationId, units: await unitAndBelow(connection, { organisationId, unitId }) };
}

async function holdRight(transaction: Transaction, person: SignedIn, forOthers: boolean): Promise<Reach> {
  const holder = await holdGrants(transaction, person);
  return reachIn(transaction, { ...person, grants: holder.grants }, forOthers);
}

async function isReached(connection: Connection, reach: Reach, personId: string): Promise<boolean> {
  const { rows } = await sql`select from person where person.id = ${personId} and ${within(reach)}`.execute(connection);
  return rows.length > 0;
}

/** Both are in reach, the one who gets it is at work, and they are two. @throws Refusal `not-found`, `request-invalid` */
async function assertWithin(transaction: Transaction, reach: Reach, delegatorId: string, delegateId: string): Promise<void> {
  if (delegatorId === delegateId.toLowerCase()) throw new Refusal('request-invalid', { fields: [{ path: 'toPersonId', expected: 'another person' }] });
  const { rows } = await sql<{ id: string; works: boolean }>`
    select person.id, ${staff} as works from person where person.id = any (${[delegatorId, delegateId]}::uuid[]) and ${within(reach)} order by person.id for share`.execute(transaction);
  if (rows.length < 2 || rows.some(({ id, works }) => id === delegateId.toLowerCase() && !works)) throw refusal('not-found');
}

/** By assignment, or handed over for a time that is not over. */
async function holdsAlready(transaction: Transaction, personId: string, dutyId: string): Promise<boolean> {
  const { rows } = await sql`
    select from duty_assignment where person_id = ${personId} and duty_id = ${dutyId}
    union all select from delegation where delegate_id = ${personId} and duty_id = ${dutyId} and ended_at is null`.execute(transaction);
  return rows.length > 0;
}
