import type { ColumnType } from 'kysely';
import type { ContinuityEvent, DeputyEnd, Level } from '../../port.ts';

/** bigint arrives as text. */
type BigInteger = ColumnType<string, number, never>;

export type ContinuityTables = {
  policy_version: { digest: string; number: ColumnType<string, never, never>; files: ColumnType<Record<string, string>, string, never>; loaded_at: Date };
  continuity_level: { level: Level; rank: number };
  level_proposal: {
    id: string;
    organisation_id: string;
    level: Level;
    event: ContinuityEvent;
    onset: Date;
    reason: string;
    until: Date;
    proposed_by: string;
    proposed_at: Date;
    closes_at: Date;
    withdrawn_at: Date | null;
    withdrawn_by: ColumnType<string | null, string | null | undefined>;
    supersedes: ColumnType<string | null, string | null | undefined, never>;
  };
  level_approval: { proposal_id: string; organisation_id: string; proposed_by: string; approved_by: string; approved_at: Date; as_deputy: ColumnType<string | null, string | null | undefined, never> };
  succession_order: {
    id: string;
    organisation_id: string;
    people: string[];
    reason: string;
    proposed_by: string;
    proposed_at: Date;
    closes_at: Date;
    withdrawn_at: ColumnType<Date | null, never, Date>;
    withdrawn_by: ColumnType<string | null, never, string>;
    approved_by: ColumnType<string | null, never, string>;
    approved_at: ColumnType<Date | null, never, Date>;
    number: ColumnType<string | null, never, number>;
  };
  deputyship: {
    id: string;
    organisation_id: string;
    deputy_id: string;
    how: 'handed-over' | 'declared';
    begun_by: string;
    absent: string[];
    reason: string;
    begins_at: Date;
    until: Date;
    ended_at: ColumnType<Date | null, never, Date>;
    ended_by: ColumnType<string | null, never, string | null>;
    ended_because: ColumnType<DeputyEnd | null, never, DeputyEnd>;
  };
  zone_exception: {
    id: string;
    organisation_id: string;
    person_id: string;
    unit_id: string;
    duty_id: string;
    seconds: number;
    reason: string;
    asked_by: string;
    asked_at: Date;
    closes_at: Date;
  };
  zone_exception_agreement: {
    exception_id: string;
    organisation_id: string;
    person_id: string;
    asked_by: string;
    agreed_by: string;
    as_deputy: string | null;
    agreed_at: Date;
    until: Date;
  };
  zone_exception_end: { exception_id: string; organisation_id: string; reason: string; ended_by: string; ended_at: Date };
  level_change: {
    id: string;
    organisation_id: string;
    number: BigInteger;
    level: Level;
    base_level: Level;
    how: 'approved' | 'provisional' | 'tightened' | 'expired' | 'reverted';
    proposal_id: string | null;
    acted_by: string | null;
    event: ContinuityEvent | null;
    onset: Date | null;
    reason: string;
    since: Date;
    until: Date | null;
    base_until: Date | null;
  };
  duty_due: { duty_id: string; organisation_id: string; due_at: Date; told_at: Date };
  level_warning: { change_id: string; seconds_before: number; told_at: Date };
  entry_stop: { id: string; organisation_id: string; unit_id: string | null; reason: string; stopped_by: string; stopped_at: Date };
  entry_release: {
    stop_id: string;
    organisation_id: string;
    asked_by: string;
    asked_at: Date;
    reason: string;
    agreed_by: string | null;
    agreed_at: Date | null;
  };
};
