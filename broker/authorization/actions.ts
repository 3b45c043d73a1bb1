import type { Role } from '../vocabulary.ts';

/** THE table of what roles allow. What is not here is allowed to nobody. */
export const ACTIONS = {
  'desktops.use': ['staff'],
  'level.view': ['bcp-admin', 'activation-authority', 'shelter-manager', 'security-officer', 'auditor'],
  'level.propose': ['bcp-admin', 'activation-authority'],
  'level.approve': ['activation-authority'],
  'level.tighten': ['bcp-admin', 'activation-authority'],
  'drills.run': ['bcp-admin', 'activation-authority'],
  'policy.view': ['bcp-admin', 'activation-authority', 'security-officer', 'auditor', 'system-admin'],
  'directory.view': ['bcp-admin', 'system-admin'],
  'units.view': ['unit-head', 'bcp-admin', 'security-officer', 'auditor', 'system-admin'],
  'units.manage': ['system-admin'],
  'people.manage': ['system-admin'],
  'roles.manage': ['system-admin'],
  'duties.view': ['bcp-admin', 'security-officer', 'auditor', 'system-admin'],
  'duties.manage': ['bcp-admin'],
  'duties.assign': ['bcp-admin'],
  'duties.delegate': ['unit-head', 'bcp-admin'],
  'delegations.view': ['unit-head', 'bcp-admin', 'security-officer', 'auditor'],
  'acknowledgements.view': ['unit-head', 'bcp-admin', 'security-officer', 'auditor', 'system-admin'],
  'desktops.view': ['system-admin', 'bcp-admin'],
  'desktops.manage': ['system-admin'],
  'sessions.view': ['security-officer', 'auditor'],
  'sessions.export': ['security-officer', 'auditor'],
  'sessions.end': ['security-officer'],
  'entry.view': ['security-officer', 'auditor', 'activation-authority'],
  'entry.release': ['security-officer', 'activation-authority'],
  'telework.mark': ['staff'],
  'telework.view-unit': ['unit-head'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof ACTIONS;

/** Those that concern a whole organisation, so that a grant for one unit does not suffice. */
export const OF_THE_WHOLE = ['level.propose', 'level.approve', 'level.tighten', 'drills.run', 'duties.manage', 'units.manage', 'desktops.view', 'desktops.manage', 'policy.view'] as const satisfies readonly Action[];
