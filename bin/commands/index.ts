import type { Commands } from '../command.ts';
import { desktop } from './desktop.ts';
import { duty } from './duty.ts';
import { exporting, importing } from './import.ts';
import { level } from './level.ts';
import { org, unit } from './organisation.ts';
import { policy } from './policy.ts';
import { pool } from './pool.ts';
import { session } from './session.ts';
import { telework } from './telework.ts';
import { user } from './user.ts';

/** `sekisho <noun> <verb>`. The audit trail has a command line of its own (broker/audit/command.ts). */
export const COMMANDS: Commands = { org, unit, user, duty, desktop, pool, policy, level, session, telework, import: importing, export: exporting };
