import { events } from '../audit/index.ts';
import { authorise } from '../authorization/index.ts';
import { placeOf } from '../identity/origin.ts';
import { pageOf, readCursor } from '../paging/by-name.ts';
import { rowsOf } from '../paging/rows.ts';
import { Refusal, type AcknowledgementListed, type Duties } from '../port.ts';
import { inTransaction, sql } from '../store/index.ts';
import type { DutiesDeps } from './deps.ts';
import { ownDuties } from './own.ts';

/** The rules of telework, and who has acknowledged them when. */
export function createAcknowledging(deps: DutiesDeps): Pick<Duties, 'acknowledge' | 'acknowledgements'> {
  const { database, trail, clock, ids, policy } = deps;
  return {
    async acknowledge({ person, origin, version, digest }) {
      const inForce = await policy.current();
      const rules = inForce?.telework?.acknowledgement;
      if (inForce === undefined) throw new Refusal('policy-missing');
      // Nobody acknowledges a text that they were not shown.
      if (rules === undefined || rules.version !== version || rules.digest !== digest) throw new Refusal('rules-changed');
      const { personId, organisationId, signInId } = person;
      const { address } = placeOf(origin);
      await inTransaction(database, async (transaction) => {
        const added = await transaction
          .insertInto('rules_acknowledgement')
          .values({ id: ids.uuid(), organisation_id: organisationId, person_id: personId, version, digest, policy_version: inForce.version, sign_in_id: signInId, address, at: clock.now() })
          .onConflict((conflict) => conflict.constraint('rules_acknowledged_once_a_version').doNothing())
          .returning('id')
          .executeTakeFirst();
        if (added) await trail.append(transaction, events.rulesAcknowledged({ actor: { kind: 'person', personId, signInId }, organisationId, address, version, digest, policyVersion: inForce.version }));
      });
      return ownDuties(deps, person, origin);
    },

    async acknowledgements({ person, standing, cursor, limit }) {
      const { organisationId, units } = authorise(person, 'acknowledgements.view');
      const version = (await policy.current())?.telework?.acknowledgement?.version ?? null;
      if (version === null) return { version, items: [], next: null };
      const count = rowsOf(limit);
      const conditions = [
        sql`person.organisation_id = ${organisationId}`,
        sql`person.status = 'active'`,
        sql`exists (select from role_grant where role_grant.person_id = person.id and role_grant.role = 'staff')`,
        ...(units === 'all' ? [] : [sql`person.unit_id = any (${[...units]}::uuid[])`]),
        ...(cursor === undefined ? [] : [sql`person.username > ${readCursor(cursor)}`]),
        ...(standing === undefined ? [] : [standing === 'given' ? sql`given.at is not null` : sql`given.at is null`]),
      ];
      const { rows } = await sql<Row>`
        select person.id, person.username, person.display_name as "displayName", unit.name as "unitName", given.at as "acknowledgedAt", before.version as "beforeVersion", before.at as "beforeAt"
        from person
        join unit on unit.id = person.unit_id
        left join rules_acknowledgement as given on given.person_id = person.id and given.version = ${version}
        left join lateral (select other.version, other.at from rules_acknowledgement as other where other.person_id = person.id and other.version <> ${version} order by other.at desc limit 1) as before on true
        where ${sql.join(conditions, sql` and `)}
        order by person.username limit ${count + 1}`.execute(database);
      return { version, ...pageOf(rows.map(listedOf), count, ({ person: { username } }) => username) };
    },
  };
}

type Row = AcknowledgementListed['person'] & { readonly acknowledgedAt: Date | null; readonly beforeVersion: string | null; readonly beforeAt: Date | null };

function listedOf({ acknowledgedAt, beforeVersion, beforeAt, ...person }: Row): AcknowledgementListed {
  return { person, ...(acknowledgedAt && { acknowledgedAt }), ...(beforeVersion !== null && beforeAt !== null && { before: { version: beforeVersion, at: beforeAt } }) };
}
