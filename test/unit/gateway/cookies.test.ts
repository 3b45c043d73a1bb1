import { forgetCookie, readCookie, setBrowserCookie, setPendingCookie, setSessionCookie } from '../../../gateway/auth/cookies.ts';

const TOKEN = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE';
const now = new Date('2026-04-01T00:00:00Z');

describe('cookies', () => {
  it('are bound to this host, to HTTPS and to this site, and out of reach of scripts', () => {
    const lines = [setSessionCookie(TOKEN), setPendingCookie(TOKEN, now, now), setBrowserCookie(TOKEN), forgetCookie('session')];
    for (const line of lines) {
      const attributes = line.split('; ').slice(1);
      expect(line).toMatch(/^__Host-/);
      expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'Secure', 'HttpOnly', 'SameSite=Strict']));
      expect(line).not.toMatch(/domain/i);
    }
  });

  it('live as long as what they stand for', () => {
    expect(setSessionCookie(TOKEN)).toContain('Max-Age=86400;');
    expect(setPendingCookie(TOKEN, new Date(now.getTime() + 90_500), now)).toContain('Max-Age=90;');
    expect(setPendingCookie(TOKEN, new Date(now.getTime() - 1), now)).toContain('Max-Age=0;');
    expect(setBrowserCookie(TOKEN)).toContain('Max-Age=34560000;');
  });

  it('are told apart by their whole name', () => {
    const headers = { cookie: `other=1; __Host-sekisho-pending=${TOKEN}p; __Host-sekisho=${TOKEN}s` };
    expect(readCookie(headers, 'session')).toBe(`${TOKEN}s`);
    expect(readCookie(headers, 'pending')).toBe(`${TOKEN}p`);
    expect(readCookie(headers, 'browser')).toBeUndefined();
    expect(readCookie({ cookie: `x__Host-sekisho=${TOKEN}` }, 'session')).toBeUndefined();
  });

  it.each(['', 'short', 'with space inside the token', "'; drop table", '%00%00%00%00%00%00%00%00', 'a'.repeat(300)])('count as absent when they hold %j', (value) => {
    expect(readCookie({ cookie: `__Host-sekisho=${value}` }, 'session')).toBeUndefined();
  });
});
