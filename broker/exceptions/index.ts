import { asOf, authorise } from '../authorization/index.ts';
import type { ContinuityDeps } from '../continuity/deps.ts';
import type { EndLeasesOf } from '../leases/index.ts';
import type { Candidate, Exceptions } from '../port.ts';
import { sql } from '../store/index.ts';
import { createAgree } from './agree.ts';
import { createAsk } from './ask.ts';
import { createEnd } from './end.ts';
import { readExceptions } from './rows.ts';

/** My Number exceptions: two people let one person do one duty in an alternative office for a time, and one person ends it. */
export function createExceptions(deps: ContinuityDeps & { readonly endLeasesOf: EndLeasesOf }): Exceptions {
  const { database, clock } = deps;
  return {
    async list({ person, open, cursor, limit }) {
      const now = clock.now();
      const { units } = authorise(asOf(person, now), 'exceptions.view');
      return readExceptions(database, person, { units, open, now, cursor, limit });
    },
    async candidates(person) {
      const { organisationId, units } = authorise(person, 'exceptions.ask');
      const { rows } = await sql<Candidate & { duties: { id: string; name: string }[] }>`
        select person.id, person.display_name as "displayName", unit.name as "unitName", json_agg(json_build_object('id', duty.id, 'name', duty.name) order by duty.name) as duties
        from person
        join unit on unit.id = person.unit_id
        join duty_assignment as held on held.person_id = person.id
        join duty on duty.id = held.duty_id and duty.status = 'active' and duty.zone = 'my-number'
        where person.organisation_id = ${organisationId} and person.status = 'active' and ${units === 'all' ? sql`true` : sql`person.unit_id = any(${units}::uuid[])`}
        group by person.id, person.display_name, unit.name
        order by person.display_name, person.id`.execute(database);
      return rows;
    },
    ask: createAsk(deps),
    agree: createAgree(deps),
    end: createEnd(deps),
  };
}
