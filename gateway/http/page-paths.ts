/** Pages are one application; which of them is shown is decided in the browser. Those that are there before a sign-in: */
export const ENTRANCES: readonly string[] = ['/sign-in', '/sign-in/provider/:provider', '/welcome'];

/** And those that need one. */
export const SIGNED_IN_PAGES: readonly string[] = [
  '/',
  '/session/:leaseId',
  '/duties',
  '/sign-ins',
  '/security',
  '/waiting',
  '/drill',
  '/administration/board',
  '/administration/level',
  '/administration/exceptions',
  '/administration/bypass',
  '/administration/drills',
  '/administration/drills/:id',
  '/administration/people',
  '/administration/people/:id',
  '/administration/duties',
  '/administration/delegations',
  '/administration/acknowledgements',
  '/administration/desktops',
  '/administration/desktops/:id',
  '/administration/devices',
  '/administration/pools',
  '/administration/import',
  '/oversight/sessions',
  '/oversight/sessions/:id',
  '/oversight/bypass',
  '/oversight/entry',
  '/telework',
  '/telework/unit',
];

const ID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const PATHS = new RegExp(`^(?:${SIGNED_IN_PAGES.map((path) => path.replace(/:\w+/u, ID)).join('|')})$`, 'u');

/** Whether a page may be opened after a sign-in elsewhere: one of the product that needs a sign-in, and nothing else. */
export const isReturnPath = (path: string): boolean => PATHS.test(path);
