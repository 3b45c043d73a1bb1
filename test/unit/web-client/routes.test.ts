import { isReturnPath } from '../../../gateway/http/page-paths.ts';
import { consolePages, consolePagesFor } from '../../../web-client/src/routing/console-pages.ts';
import { returnPath, routeOf, signInPath } from '../../../web-client/src/routing/routes.ts';
import { firstLanguage } from '../../../web-client/src/i18n/languages.ts';

const leaseId = '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0031';

describe('the pages', () => {
  it('are a closed list', () => {
    expect(routeOf('/')).toEqual({ page: 'desktops' });
    expect(routeOf(`/session/${leaseId}`)).toEqual({ page: 'session', leaseId });
    expect(routeOf('/administration/people')).toEqual({ page: 'administration', rest: '/people' });
    expect(routeOf(`/administration/desktops/${leaseId}`)).toEqual({ page: 'administration', rest: `/desktops/${leaseId}` });
    expect(routeOf(`/oversight/sessions/${leaseId}`)).toEqual({ page: 'oversight', rest: `/sessions/${leaseId}` });
    expect(routeOf('/telework')).toEqual({ page: 'telework', rest: '' });
    expect(routeOf('/telework/unit')).toEqual({ page: 'telework', rest: '/unit' });
    for (const path of ['/administration', '/administration/', '/administration/people/1', `/administration/pools/${leaseId}`, '/administration/people/', '/oversight', '/oversight/level', '/telework/', '/telework/people', '/Administration/people']) {
      expect(routeOf(path)).toEqual({ page: 'not-found' });
    }
    for (const path of ['/nowhere', '/session/', '/session/1', `/session/${leaseId}/x`, '/sign-ins/', 'constructor', '/__proto__', '']) expect(routeOf(path)).toEqual({ page: 'not-found' });
  });

  it('return after sign-in only to a page of ours that needs one', () => {
    expect(returnPath('/sign-ins')).toBe('/sign-ins');
    expect(returnPath(`/session/${leaseId}`)).toBe(`/session/${leaseId}`);
    for (const path of ['/administration/level', `/administration/people/${leaseId}`, '/oversight/entry', '/telework', '/telework/unit']) expect(returnPath(path)).toBe(path);
    const elsewhere = ['/administration/level?x=//evil.example', '//administration/level', 'https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)', '/sign-in', '/welcome', `/session/${leaseId}?x=//evil.example`, '/%2f/evil.example', null];
    for (const path of elsewhere) expect(returnPath(path)).toBe('/');
  });

  it('are the same that the gateway lets an identity provider come back to', () => {
    const pages = ['/', '/duties', '/sign-ins', '/security', '/waiting', '/drill', `/session/${leaseId}`, ...consolePages.map(({ path }) => path), ...['people', 'desktops', 'drills'].map((list) => `/administration/${list}/${leaseId}`), `/oversight/sessions/${leaseId}`];
    for (const path of pages) expect([path, returnPath(path), isReturnPath(path)]).toEqual([path, path, true]);
    for (const path of ['/sign-in', '/welcome', '/sign-in/provider/city', '/nowhere', `/session/${leaseId}/x`]) expect([path, returnPath(path), isReturnPath(path)]).toEqual([path, '/', false]);
  });

  it('send to the sign-in page with the way back and whether a sign-in ended', () => {
    expect(signInPath('/', undefined)).toBe('/sign-in');
    expect(signInPath('/sign-ins', 'yes')).toBe('/sign-in?return=%2Fsign-ins&ended=yes');
    expect(signInPath('/', 'too-many')).toBe('/sign-in?ended=too-many');
    expect(signInPath('//evil.example', undefined)).toBe('/sign-in');
  });
});

describe('the pages of the consoles', () => {
  it('are all on the list of pages', () => {
    for (const { path, area } of consolePages) expect(routeOf(path)).toEqual({ page: area, rest: path.slice(area.length + 1) });
  });

  it('are shown to whoever may do something there', () => {
    expect(consolePagesFor({ may: ['desktops.use', 'telework.mark'] })).toEqual([]);
    expect(consolePagesFor({ may: ['entry.release', 'telework.view-unit'] }).map(({ path }) => path)).toEqual(['/oversight/entry', '/telework/unit']);
  });
});

describe('the language to begin with', () => {
  it.each([
    ['en', ['ja-JP'], 'en'],
    [null, ['fr-FR', 'en-GB', 'ja'], 'en'],
    [null, ['ja-JP', 'en'], 'ja'],
    [null, ['fr'], 'ja'],
    [null, [], 'ja'],
    ['xx', ['en-US'], 'en'],
  ] as const)('chosen %j, preferred %j: %s', (chosen, preferred, language) => expect(firstLanguage(chosen, preferred)).toBe(language));
});
