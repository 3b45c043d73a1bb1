import { events, type Actor, type Trail } from '../audit/index.ts';
import type { Clock } from '../environment.ts';
import type { UnitDay } from '../port.ts';
import { inTransaction, type Database } from '../store/index.ts';
import { unitDays } from './days.ts';
import { unitAndBelow } from '../authorization/unit-and-below.ts';

/** The telework record for whoever runs the installation. Each look is on the audit trail. */
export type TeleworkRecords = {
  /** From `from` to `to` (JST dates), of the organisation or of a unit and below. */
  list(input: { organisationId: string; unitId?: string; from: string; to: string }): Promise<readonly UnitDay[]>;
};

export function createTeleworkRecords({ database, trail, clock, actor }: { database: Database; trail: Trail; clock: Clock; actor: Actor }): TeleworkRecords {
  return {
    async list({ organisationId, unitId, from, to }) {
      const units = unitId === undefined ? 'all' : await unitAndBelow(database, { organisationId, unitId });
      const days = await unitDays(database, { organisationId, units, from, to, now: clock.now() });
      await inTransaction(database, (transaction) => trail.append(transaction, events.unitTeleworkViewed({ actor, organisationId, from, to, unitId, rows: days.length })));
      return days;
    },
  };
}
