import { asOf, authorise, may } from '../authorization/index.ts';
import type { ContinuityDeps } from '../continuity/deps.ts';
import { countedOf, countedPage, rowsFrom } from '../paging/by-count.ts';
import type { ContinuityAct, Level, Succession } from '../port.ts';
import { sql } from '../store/index.ts';

/** What people did about level, order, deputies and exceptions. Exceptions are told to those who may see them. */
export function createActs({ database, clock }: Pick<ContinuityDeps, 'database' | 'clock'>): Succession['acts'] {
  return async ({ person, cursor, limit }) => {
    const holder = asOf(person, clock.now());
    authorise(holder, 'level.view');
    const page = countedOf({ cursor, limit });
    const exceptions = may(holder, 'exceptions.view');
    const { rows } = await sql<Row>`
      select act.id, act.kind, act.at, by.display_name as by, about.display_name as about, act.level, act.until, act.reason, act.as_deputy
      from continuity_act as act
      left join person as by on by.id = act.by_id
      left join person as about on about.id = act.about_id and about.id is distinct from act.by_id
      where act.organisation_id = ${person.organisationId} and (${exceptions} or act.kind not like 'exception-%')
      order by act.at desc, act.id desc, act.kind desc
      ${rowsFrom(page)}`.execute(database);
    return countedPage(rows, page, actOf);
  };
}

type Row = { id: string; kind: ContinuityAct['kind']; at: Date; by: string | null; about: string | null; level: Level | null; until: Date | null; reason: string; as_deputy: boolean };

function actOf({ id, kind, at, by, about, level, until, reason, as_deputy: asDeputy }: Row): ContinuityAct {
  return { id, kind, at, ...(by !== null && { by }), ...(about !== null && { about }), ...(level !== null && { level }), ...(until !== null && { until }), reason, asDeputy };
}
