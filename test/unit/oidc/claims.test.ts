import * as fc from 'fast-check';
import { claimOf, rolesOf, unitOf } from '../../../broker/identity/oidc/claims.ts';
import { readLogout } from '../../../broker/identity/oidc/logout-token.ts';
import { provedAt } from '../../../broker/identity/oidc/second-factor.ts';
import { secretsOf } from '../../../broker/identity/oidc/secrets.ts';

describe('a claim', () => {
  it.each([
    ['a text', ' Ｅ-１２ ', 'E-12'],
    ['a whole number', 1001, '1001'],
    ['nothing', undefined, undefined],
    ['blanks', '  ', undefined],
    ['a list', ['1001'], undefined],
    ['an object', { toString: () => '1001' }, undefined],
    ['a fraction', 1.5, undefined],
    ['a text with NUL', '10\u000001', undefined],
    ['half a character', '\ud800', undefined],
    ['too long', 'x'.repeat(256), undefined],
  ])('that is %s is read as it can name somebody', (_what, value, expected) => {
    expect(claimOf({ name: value }, 'name')).toBe(expected);
  });

  it('is its own, and not what every object has', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) expect(claimOf({}, name)).toBeUndefined();
  });
});

describe('the unit of a new account', () => {
  const rules = { username: 'u', displayName: 'n', unitClaim: 'department', units: [{ is: '防災課', path: ['危機管理部', '防災課'] }], otherwise: undefined };
  it('is the one that policy names for the value, else the other one, else none', () => {
    expect(unitOf({ department: '防災課' }, rules)).toEqual(['危機管理部', '防災課']);
    expect(unitOf({ department: '財政課' }, rules)).toBeUndefined();
    expect(unitOf({ department: ['防災課'] }, rules)).toBeUndefined();
    expect(unitOf({}, { ...rules, otherwise: ['新任'] })).toEqual(['新任']);
  });
});

describe('the roles that follow from claims', () => {
  const rules = [{ claim: 'groups', is: '避難所', role: 'shelter-manager' }, { claim: 'groups', is: 'ＡＵＤＩＴ', role: 'auditor' }, { claim: 'title', is: '課長', role: 'unit-head' }, { claim: 'groups', is: '防災', role: 'shelter-manager' }] as const;

  it('are those of the values that policy names, in a text or in a list, each once', () => {
    expect(rolesOf({ groups: ['避難所', '防災', 'ほか'], title: '課長' }, rules)).toEqual(['shelter-manager', 'unit-head']);
    expect(rolesOf({ groups: 'audit' }, rules)).toEqual([]);
    expect(rolesOf({ groups: ' AUDIT ' }, rules)).toEqual(['auditor']);
    expect(rolesOf({}, rules)).toEqual([]);
    expect(rolesOf({ groups: ['避難所'] }, [])).toEqual([]);
  });

  it('never come from what is no text, and never are others than policy names', () => {
    const any = fc.anything({ maxDepth: 2, withNullPrototype: true });
    fc.assert(fc.property(any, any, (groups, title) => {
      const named = (value: unknown) => [value].flat().filter((one) => typeof one === 'string').map((one) => one.normalize('NFKC').trim());
      const expected = rules.filter(({ claim, is }) => named(claim === 'groups' ? groups : title).includes(is.normalize('NFKC'))).map(({ role }) => role);
      expect(new Set(rolesOf({ groups, title }, rules))).toEqual(new Set(expected));
    }));
    expect(rolesOf({ groups: [['避難所'], { 0: '避難所' }, null, 7] }, rules)).toEqual([]);
  });
});

describe('the word of a provider for the second factor', () => {
  const now = new Date('2026-04-01T00:00:00Z');
  const seconds = now.getTime() / 1000;
  const rules = { acr: ['two'], amr: ['pwd', 'otp'], maxAge: 3_600 };
  const claims = fc.record({ acr: fc.constantFrom('two', 'one', 2, undefined), amr: fc.constantFrom(['pwd', 'otp'], ['otp', 'pwd', 'x'], ['otp'], [], 'pwd otp', undefined), auth_time: fc.oneof(fc.integer({ min: seconds - 8_000, max: seconds + 200 }), fc.constantFrom('now', undefined, Number.NaN)) });

  it('is nothing where policy does not ask for it', () => {
    fc.assert(fc.property(claims, (any) => provedAt(any, undefined, now, 30) === undefined));
  });

  it('stands where a value is named and the time is within bounds, and never makes a proof younger than it is', () => {
    fc.assert(
      fc.property(claims, (any) => {
        const found = provedAt(any, rules, now, 30);
        const named = any.acr === 'two' || (Array.isArray(any.amr) && ['pwd', 'otp'].every((method) => (any.amr as readonly string[]).includes(method)));
        const timely = typeof any.auth_time === 'number' && any.auth_time >= seconds - 3_600 && any.auth_time <= seconds + 30;
        expect(found !== undefined).toBe(named && timely);
        if (found) expect(found.getTime()).toBeLessThanOrEqual(Math.min(now.getTime(), (any.auth_time as number) * 1000));
      }),
    );
  });

  it('is nothing by an empty list', () => {
    expect(provedAt({ amr: ['otp'], acr: 'two', auth_time: seconds }, { acr: [], amr: [], maxAge: 3_600 }, now, 30)).toBeUndefined();
  });
});

describe('the secrets of a transaction', () => {
  it('follow from its token, differ from one another, and are long enough for PKCE', () => {
    fc.assert(
      fc.property(fc.base64String({ minLength: 20 }), fc.base64String({ minLength: 20 }), (one, other) => {
        const { state, nonce, verifier } = secretsOf(one);
        expect(new Set([state, nonce, verifier, one]).size).toBe(4);
        expect(verifier).toMatch(/^[\w-]{43}$/);
        if (one !== other) expect(secretsOf(other).state).not.toBe(state);
      }),
    );
  });
});

describe('a logout token', () => {
  const good = { jti: '1', sub: 's', events: { 'http://schemas.openid.net/event/backchannel-logout': {} } };
  it('names a subject, a session or both', () => {
    expect(readLogout(good)).toEqual({ jti: '1', subject: 's', sid: undefined });
    expect(readLogout({ ...good, sub: undefined, sid: 'x' })).toEqual({ jti: '1', subject: undefined, sid: 'x' });
  });
  it.each([
    ['a nonce', { nonce: '' }],
    ['no subject and no session', { sub: undefined }],
    ['a session that is no text', { sid: 5 }],
    ['no event', { events: undefined }],
    ['an event that is no object', { events: { 'http://schemas.openid.net/event/backchannel-logout': true } }],
    ['no number', { jti: undefined }],
  ])('with %s is none', (_what, change) => {
    expect(() => readLogout({ ...good, ...change })).toThrow();
  });
});
