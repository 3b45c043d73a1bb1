/** The closed list of pages that may be opened after a sign-in elsewhere: pages of the product that need a sign-in, and nothing else. */
const ID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const PATHS = new RegExp(
  `^/(?:|duties|sign-ins|security|waiting|drill|session/${ID}|telework(?:/unit)?|oversight/(?:sessions(?:/${ID})?|bypass|entry)|administration/(?:board|level|exceptions|bypass|drills(?:/${ID})?|people(?:/${ID})?|duties|delegations|acknowledgements|desktops(?:/${ID})?|devices|pools|import))$`,
  'u',
);

export const isReturnPath = (path: string): boolean => PATHS.test(path);
