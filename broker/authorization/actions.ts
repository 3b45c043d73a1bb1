import type { Role } from '../vocabulary.ts';

/** THE table of what roles allow. What is not here is allowed to nobody. */
export const ACTIONS = {
  'desktops.use': ['staff'],
  'level.view': ['bcp-admin', 'activation-authority', 'shelter-manager', 'security-officer', 'auditor'],
  'level.propose': ['bcp-admin', 'activation-authority'],
  'level.approve': ['activation-authority'],
  'level.tighten': ['bcp-admin', 'activation-authority'],
  'drills.run': ['bcp-admin', 'activation-authority'],
  'succession.propose': ['bcp-admin', 'activation-authority'],
  'succession.approve': ['activation-authority'],
  'deputies.hand-over': ['activation-authority'],
  'deputies.declare': [],
  'exceptions.view': ['unit-head', 'bcp-admin', 'activation-authority', 'security-officer', 'auditor'],
  'exceptions.ask': ['unit-head', 'bcp-admin'],
  'exceptions.agree': ['activation-authority'],
  'exceptions.end': ['unit-head', 'bcp-admin', 'activation-authority', 'security-officer'],
  'bypass.view': ['bcp-admin', 'activation-authority', 'security-officer', 'auditor'],
  'bypass.issue': ['bcp-admin'],
  'bypass.approve': ['bcp-admin', 'activation-authority'],
  'bypass.end': ['bcp-admin', 'activation-authority', 'security-officer'],
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
  'server-clock.view': ['bcp-admin', 'security-officer', 'system-admin'],
  'devices.view': ['system-admin', 'security-officer', 'auditor'],
  'devices.approve': ['system-admin'],
  'devices.end': ['system-admin', 'security-officer'],
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

/** What a deputy (代行) may besides, until the end of that: approve, and see what there is to approve. */
export const OF_A_DEPUTY: readonly Action[] = ['level.view', 'level.approve', 'exceptions.view', 'exceptions.agree', 'bypass.view', 'bypass.approve'];
/** What those may besides who stand in the succession order (代行順位), which no role allows. */
export const OF_THE_ORDER: readonly Action[] = ['level.view', 'deputies.declare'];

/** Those that concern a whole organisation, so that a grant for one unit does not suffice. */
export const OF_THE_WHOLE = ['level.propose', 'level.approve', 'level.tighten', 'drills.run', 'duties.manage', 'units.manage', 'desktops.view', 'desktops.manage', 'policy.view', 'succession.propose', 'succession.approve', 'deputies.hand-over', 'exceptions.agree', 'bypass.view', 'bypass.issue', 'bypass.approve', 'bypass.end'] as const satisfies readonly Action[];
