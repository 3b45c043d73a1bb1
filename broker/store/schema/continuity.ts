import type { ColumnType } from 'kysely';
import type { ContinuityEvent, Level } from '../../port.ts';

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
  };
  level_approval: { proposal_id: string; organisation_id: string; proposed_by: string; approved_by: string; approved_at: Date };
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
