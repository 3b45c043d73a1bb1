/** The closed list of pages that may be opened after a sign-in elsewhere: pages of the product that need a sign-in, and nothing else. */
const ID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const PATHS = new RegExp(
  `^/(?:|duties|sign-ins|waiting|drill|session/${ID}|telework(?:/unit)?|oversight/(?:sessions(?:/${ID})?|entry)|administration/(?:board|level|exceptions|drills(?:/${ID})?|people(?:/${ID})?|duties|delegations|acknowledgements|desktops(?:/${ID})?|pools|import))$`,
  'u',
);

export const isReturnPath = (path: string): boolean => PATHS.test(path);
