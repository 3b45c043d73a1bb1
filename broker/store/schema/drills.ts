import type { ColumnType } from 'kysely';
import type { ContinuityEvent, DrillResult, Level, PriorityClass } from '../../port.ts';

type Identity = ColumnType<string, never, never>;

export type DrillTables = {
  drill: {
    id: string;
    number: Identity;
    organisation_id: string;
    name: string;
    event: ContinuityEvent;
    level: Level;
    seats: number;
    pace: number;
    turnout: number;
    asks_within: number;
    seed: number;
    roster: ColumnType<unknown, string, never>;
    policy_version: string;
    started_by: string;
    started_at: Date;
    ends_at: Date;
    ended_at: Date | null;
    ended_because: 'ended' | 'over' | null;
    result: ColumnType<DrillResult | null, string | null, string>;
  };
  drill_act: { number: Identity; drill_id: string; organisation_id: string; at: Date; kind: 'ask' | 'leave' | 'level'; person_id: string | null; asked: ColumnType<AskedForRow | null, string | null, never>; level: Level | null };
};

/** Of an ask, as it was when it was asked. */
type AskedForRow = { dutyId: string; duty: string; class: PriorityClass; targetSeconds: number | null; path: string[]; weight: number; name: string };
