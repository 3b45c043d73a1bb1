import { returnPath, routeOf, signInPath } from '../../../web-client/src/routing/routes.ts';
import { firstLanguage } from '../../../web-client/src/i18n/languages.ts';

const leaseId = '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0031';

describe('the pages', () => {
  it('are a closed list', () => {
    expect(routeOf('/')).toEqual({ page: 'desktops' });
    expect(routeOf(`/session/${leaseId}`)).toEqual({ page: 'session', leaseId });
    for (const path of ['/nowhere', '/session/', '/session/1', `/session/${leaseId}/x`, '/sign-ins/', 'constructor', '/__proto__', '']) expect(routeOf(path)).toEqual({ page: 'not-found' });
  });

  it('return after sign-in only to a page of ours that needs one', () => {
    expect(returnPath('/sign-ins')).toBe('/sign-ins');
    expect(returnPath(`/session/${leaseId}`)).toBe(`/session/${leaseId}`);
    const elsewhere = ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)', '/sign-in', '/welcome', `/session/${leaseId}?x=//evil.example`, '/%2f/evil.example', null];
    for (const path of elsewhere) expect(returnPath(path)).toBe('/');
  });

  it('send to the sign-in page with the way back and whether a sign-in ended', () => {
    expect(signInPath('/', false)).toBe('/sign-in');
    expect(signInPath('/sign-ins', true)).toBe('/sign-in?return=%2Fsign-ins&ended=yes');
    expect(signInPath('//evil.example', false)).toBe('/sign-in');
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
