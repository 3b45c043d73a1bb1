import { generateSync } from 'otplib';
import * as argon2id from '../../../broker/identity/password/argon2id.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { cheapHashing, elsewhere, home, identityOver, PASSWORD, refusalOf } from '../../support/identity.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

describe('signing in with password and one-time code', () => {
  it('gives a session for its person, and says when it ends', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    const half = await identity.signIns.withPassword({ username: ` ${person.username.toUpperCase()}`, password: PASSWORD, origin: home });
    expect(half.next).toBe('totp');
    expect(half.expiresAt.getTime() - identity.clock.now().getTime()).toBe(600_000);

    const done = await identity.signIns.withTotp({ token: half.token, code: identity.codeOf(person.totpSecret), origin: home });
    expect(done.token).not.toBe(half.token);
    expect(done.signedIn).toMatchObject({ personId: person.id, username: person.username, displayName: '山田 花子', unitName: '防災課', language: 'ja', roles: ['staff'], duties: [] });
    expect(done.expiresAt.getTime() - identity.clock.now().getTime()).toBe(12 * 3600_000);
    expect(done.signedIn.previousSignIn).toBeUndefined();
    expect(await identity.signIns.resolve(done.token)).toEqual(done.signedIn);
  });

  it('shows roles, duties and the sign-in before', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    const duty = await identity.directory.addDuty({ organisationId: person.organisationId, name: '災害対策', class: 'P0', zone: 'lgwan' });
    await identity.directory.assignDuty({ personId: person.id, dutyId: duty.id });
    await identity.directory.grantRole({ personId: person.id, role: 'auditor' });
    const first = await identity.signIn(person, elsewhere);
    const { signedIn } = await identity.signIn(person);
    expect(signedIn.roles).toEqual(['auditor', 'staff']);
    expect(signedIn.duties).toEqual([{ id: duty.id, name: '災害対策', class: 'P0', zone: 'lgwan' }]);
    expect(signedIn.previousSignIn).toEqual({ at: first.signedIn.since, address: elsewhere.address, method: 'password-totp' });
  });

  it('accepts a code one step early or late, and full-width digits with blanks', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    const epoch = Math.floor(identity.clock.now().getTime() / 1000);
    for (const off of [-30, 30]) {
      const { token } = await identity.signIns.withPassword({ username: person.username, password: PASSWORD, origin: home });
      const code = generateSync({ secret: person.totpSecret, epoch: epoch + off });
      const typed = ` ${[...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('　')} `;
      await identity.signIns.withTotp({ token, code: typed, origin: home });
    }
  });

  it('gives a half-finished sign-in ten minutes and nothing but to finish', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    const { token } = await identity.signIns.withPassword({ username: person.username, password: PASSWORD, origin: home });
    expect((await refusalOf(identity.signIns.resolve(token))).code).toBe('sign-in-incomplete');
    expect((await refusalOf(identity.signIns.enrolment({ token, origin: home }))).code).toBe('enrolment-not-open');
    expect((await refusalOf(identity.signIns.confirmEnrolment({ token, code: identity.codeOf(person.totpSecret), origin: home }))).code).toBe('enrolment-not-open');
    identity.clock.forward(600);
    expect((await refusalOf(identity.signIns.withTotp({ token, code: identity.codeOf(person.totpSecret), origin: home }))).code).toBe('sign-in-required');
    expect((await refusalOf(identity.signIns.resolve(token))).code).toBe('sign-in-required');
  });

  it('tells a used code from a wrong one, and counts only the wrong one as a guess', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    await identity.signIn(person);
    const { token } = await identity.signIns.withPassword({ username: person.username, password: PASSWORD, origin: elsewhere });
    for (let n = 0; n < 50; n += 1) {
      expect((await refusalOf(identity.signIns.withTotp({ token, code: identity.codeOf(person.totpSecret), origin: elsewhere }))).code).toBe('one-time-code-used');
    }
    const codes = [];
    for (let n = 0; n < 7; n += 1) codes.push((await refusalOf(identity.signIns.withTotp({ token, code: '000000', origin: elsewhere }))).code);
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'one-time-code-wrong'), 'too-many-attempts', 'too-many-attempts']);
    const mine = (await identity.events()).filter(({ actor }) => actor['personId'] === person.id);
    expect(mine.filter(({ event }) => event === 'usedCodeReplayed')).toHaveLength(50);
    expect(mine.filter(({ event }) => event === 'signInRefused').map(({ fields }) => fields['why'])).toEqual(Array.from({ length: 5 }, () => 'wrong-code'));
    expect(JSON.stringify(mine)).not.toContain(identity.codeOf(person.totpSecret));
  });

  it('refuses what can be no code without counting it', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    const { token } = await identity.signIns.withPassword({ username: person.username, password: PASSWORD, origin: home });
    for (const code of ['', '12345', 'abcdef', '\u0000'.repeat(6), '\ud800', '1'.repeat(10_000), '12345', '12345']) {
      expect((await refusalOf(identity.signIns.withTotp({ token, code, origin: home }))).code).toBe('one-time-code-wrong');
    }
    await identity.signIns.withTotp({ token, code: identity.codeOf(person.totpSecret), origin: home });
  });

  it('says the same of an unknown name, a wrong password, no password yet and a disabled account', async () => {
    const identity = identityOver(test.database);
    const [person, disabled] = [await identity.newPerson(), await identity.newPerson()];
    const invited = await identity.directory.addPerson({ organisationId: person.organisationId, unitId: person.unitId, username: `${person.username}-new`, displayName: '新人' });
    await identity.directory.disablePerson(disabled.id);
    const tries = [[person.username, 'not the password'], ['nobody.of.this.name', PASSWORD], [invited.username, PASSWORD], [disabled.username, PASSWORD]] as const;
    const answers = await Promise.all(tries.map(([username, password]) => refusalOf(identity.signIns.withPassword({ username, password, origin: home }))));
    expect(answers.map(({ code, details }) => ({ code, details }))).toEqual(tries.map(() => ({ code: 'credentials-wrong', details: {} })));
  });

  it('hashes anew what was hashed at another cost', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    const stored = async () => (await test.database.selectFrom('person').where('id', '=', person.id).select('password_hash').executeTakeFirstOrThrow()).password_hash!;
    const before = await stored();
    await identity.signIn(person);
    expect(await stored()).toBe(before);

    const dearer = { memory: 128, passes: 1, parallelism: 1 };
    const today = identityOver(test.database, {
      clock: identity.clock,
      key: identity.key,
      algorithm: { ...cheapHashing, hash: (password: string) => argon2id.hash(password, dearer), isOutdated: (hash: string) => argon2id.isOutdated(hash, dearer) },
    });
    await today.signIn(person);
    expect(await stored()).toMatch(/^\$argon2id\$v=19\$m=128,t=1,p=1\$/);
    await today.signIn(person);
  });

  it('refuses input that cannot be stored, naming the field', async () => {
    const identity = identityOver(test.database);
    for (const bad of ['', 'a\u0000b', '\ud800', 'x'.repeat(100_000)]) {
      for (const field of ['username', 'password'] as const) {
        const { code, details } = await refusalOf(identity.signIns.withPassword({ username: 'hanako', password: PASSWORD, [field]: bad, origin: home }));
        expect([code, details.fields?.[0]?.path]).toEqual(['request-invalid', field]);
      }
    }
    await refusalOf(identity.signIns.withPassword({ username: 'hanako', password: PASSWORD, origin: { address: '\u0000', userAgent: '\u0000\ud800', knownBrowser: '\u0000\ud800' } }));
    for (const token of ['', '\u0000', '\ud800', 'x'.repeat(100_000)]) {
      expect((await refusalOf(identity.signIns.resolve(token))).code).toBe('sign-in-required');
      expect((await refusalOf(identity.signIns.withTotp({ token, code: '123456', origin: home }))).code).toBe('sign-in-required');
      expect((await refusalOf(identity.signIns.invitation({ token, origin: home }))).code).toBe('invitation-invalid');
      await identity.signIns.signOut({ token, origin: home });
    }
    expect((await refusalOf(identity.signIns.resolve(undefined))).code).toBe('sign-in-required');
  });

  it('stores no token, cookie, password or authenticator secret in a form that could be used', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    const half = await identity.signIns.withPassword({ username: person.username, password: PASSWORD, origin: home });
    const done = await identity.signIns.withTotp({ token: half.token, code: identity.codeOf(person.totpSecret), origin: home });
    const { token: invitation } = await identity.directory.issueInvitation(person.id);
    const tables = ['person', 'half_sign_in', 'sign_in', 'authenticator', 'invitation', 'known_browser', 'sign_in_throttle', 'failed_sign_in', 'audit_record'] as const;
    let stored = '';
    for (const table of tables) {
      const rows = await test.database.selectFrom(table).selectAll().execute();
      stored += JSON.stringify(rows, (_key, value: unknown) => (isBytes(value) ? Buffer.from(value.data).toString('latin1') : value));
    }
    expect(stored).toContain(person.username);
    for (const secret of [half.token, done.token, done.knownBrowser, invitation, PASSWORD, person.totpSecret]) expect(stored).not.toContain(secret);
  });
});

const isBytes = (value: unknown): value is { data: number[] } => (value as { type?: unknown } | null)?.type === 'Buffer';
