import type { User } from '../../../gateway/http/schemas/index.ts';

type Action = User['may'][number];
export type Area = 'administration' | 'oversight' | 'telework';
export type ConsolePage = { readonly path: string; readonly area: Area; readonly name: 'board' | 'level' | 'drills' | 'exceptions' | 'bypass' | 'people' | 'duties' | 'delegations' | 'acknowledgements' | 'desktops' | 'devices' | 'pools' | 'import' | 'sessions' | 'entry' | 'telework-unit'; /** Any of these opens it. */ readonly actions: readonly Action[] };

/** The consoles' pages in the order of the menu. Whoever may none of a page's actions is not shown it; the gateway decides anew. */
export const consolePages: readonly ConsolePage[] = [
  { path: '/administration/board', area: 'administration', name: 'board', actions: ['level.view'] },
  { path: '/administration/level', area: 'administration', name: 'level', actions: ['level.view'] },
  { path: '/administration/drills', area: 'administration', name: 'drills', actions: ['level.view'] },
  { path: '/administration/exceptions', area: 'administration', name: 'exceptions', actions: ['exceptions.view'] },
  { path: '/administration/bypass', area: 'administration', name: 'bypass', actions: ['bypass.issue', 'bypass.approve'] },
  { path: '/administration/people', area: 'administration', name: 'people', actions: ['directory.view'] },
  { path: '/administration/duties', area: 'administration', name: 'duties', actions: ['directory.view'] },
  { path: '/administration/delegations', area: 'administration', name: 'delegations', actions: ['delegations.view'] },
  { path: '/administration/acknowledgements', area: 'administration', name: 'acknowledgements', actions: ['acknowledgements.view'] },
  { path: '/administration/desktops', area: 'administration', name: 'desktops', actions: ['desktops.view'] },
  { path: '/administration/devices', area: 'administration', name: 'devices', actions: ['devices.view'] },
  { path: '/administration/pools', area: 'administration', name: 'pools', actions: ['desktops.view'] },
  { path: '/administration/import', area: 'administration', name: 'import', actions: ['people.manage', 'desktops.manage'] },
  { path: '/oversight/sessions', area: 'oversight', name: 'sessions', actions: ['sessions.view'] },
  { path: '/oversight/bypass', area: 'oversight', name: 'bypass', actions: ['sessions.view'] },
  { path: '/oversight/entry', area: 'oversight', name: 'entry', actions: ['sessions.end', 'entry.release'] },
  { path: '/telework/unit', area: 'telework', name: 'telework-unit', actions: ['telework.view-unit'] },
];

export function consolePagesFor({ may }: Pick<User, 'may'>): readonly ConsolePage[] {
  return consolePages.filter(({ actions }) => actions.some((action) => may.includes(action)));
}
