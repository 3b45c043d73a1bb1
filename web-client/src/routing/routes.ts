/** The closed list of pages. A path that is not on it is "not found", and never a place to return to after sign-in. */
export type Route =
  | { readonly page: 'desktops' }
  | { readonly page: 'sign-in' }
  /** Back from an identity provider. */
  | { readonly page: 'provider-return'; readonly provider: string }
  | { readonly page: 'welcome' }
  | { readonly page: 'duties' }
  | { readonly page: 'sign-ins' }
  | { readonly page: 'security' }
  | { readonly page: 'waiting' }
  | { readonly page: 'drill' }
  | { readonly page: 'session'; readonly leaseId: string }
  /** `rest` is what follows the area's name, such as `/people`; empty where nothing does. */
  | { readonly page: 'administration' | 'oversight' | 'telework'; readonly rest: string }
  | { readonly page: 'not-found' };

const id = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const leasePath = new RegExp(`^/session/(${id})$`, 'u');
const providerPath = /^\/sign-in\/provider\/([a-z0-9][a-z0-9-]{0,39})$/u;
const areaPath = new RegExp(`^/(?:(administration)(/(?:board|level|exceptions|bypass|drills|drills/${id}|people|people/${id}|duties|delegations|acknowledgements|desktops|desktops/${id}|devices|pools|import))|(oversight)(/(?:sessions|sessions/${id}|bypass|entry))|(telework)(/unit)?)$`, 'u');
const fixed: Readonly<Record<string, Route>> = {
  '/': { page: 'desktops' },
  '/sign-in': { page: 'sign-in' },
  '/welcome': { page: 'welcome' },
  '/duties': { page: 'duties' },
  '/sign-ins': { page: 'sign-ins' },
  '/security': { page: 'security' },
  '/waiting': { page: 'waiting' },
  '/drill': { page: 'drill' },
};

export function routeOf(path: string): Route {
  const leaseId = leasePath.exec(path)?.[1];
  if (leaseId !== undefined) return { page: 'session', leaseId };
  const provider = providerPath.exec(path)?.[1];
  if (provider !== undefined) return { page: 'provider-return', provider };
  return areaOf(path) ?? (Object.hasOwn(fixed, path) ? fixed[path] : undefined) ?? { page: 'not-found' };
}

function areaOf(path: string): Route | undefined {
  const [whole, ...groups] = areaPath.exec(path) ?? [];
  if (whole === undefined) return undefined;
  const [page, rest = ''] = groups.filter((group) => group !== undefined);
  return { page: page as 'administration' | 'oversight' | 'telework', rest };
}

/** Where to go after sign-in: the page that was asked for, if it is one of ours that needs a sign-in, else the desktops. */
export function returnPath(wanted: string | null): string {
  if (wanted === null) return '/';
  const { page } = routeOf(wanted);
  return page === 'sign-in' || page === 'provider-return' || page === 'welcome' || page === 'not-found' ? '/' : wanted;
}

/** The sign-in page that comes back to `path`; `ended` says that a sign-in was under way there, and why it is over where that is known. */
export function signInPath(path: string, ended: string | undefined): string {
  const query = new URLSearchParams();
  const wanted = returnPath(path);
  if (wanted !== '/') query.set('return', wanted);
  if (ended !== undefined) query.set('ended', ended);
  return query.size === 0 ? '/sign-in' : `/sign-in?${query.toString()}`;
}
