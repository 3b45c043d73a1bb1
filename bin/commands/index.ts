import type { Commands } from '../command.ts';
import { desktop } from './desktop.ts';
import { duty } from './duty.ts';
import { org, unit } from './organisation.ts';
import { policy } from './policy.ts';
import { user } from './user.ts';

/** `sekisho <noun> <verb>`. The audit trail has a command line of its own (broker/audit/command.ts). */
export const COMMANDS: Commands = { org, unit, user, duty, desktop, policy };
