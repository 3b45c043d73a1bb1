import type { ColumnType } from 'kysely';
import type { Code } from '../../codes.ts';
import type { Level, Site } from '../../port.ts';

export type OversightTables = {
  admission_decision: {
    id: string;
    organisation_id: string;
    unit_id: string;
    person_id: string;
    /** In which it was asked for. */
    sign_in_id: string | null;
    desktop_id: string | null;
    pool_id: string | null;
    duty_id: string | null;
    lease_id: string | null;
    at: Date;
    outcome: 'admit' | 'wait' | 'refuse';
    reasons: Code[];
    policy_version: string;
    level: Level;
    site: Site | null;
    address: string;
    inputs: ColumnType<Record<string, unknown>, string, never>;
  };
  telework_mark: {
    id: string;
    /** The order in which they were made. */
    number: ColumnType<number, never, never>;
    organisation_id: string;
    person_id: string;
    /** To which the person belonged then. */
    unit_id: string;
    kind: 'start' | 'pause' | 'resume' | 'end';
    at: Date;
    source: 'person' | 'derived';
    lease_id: string | null;
  };
};
