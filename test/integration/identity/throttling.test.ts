import { randomBytes, randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { SIGN_IN_POLICY } from '../../../broker/identity/policy.ts';
import { remembered, waitOf, waitOfAddress } from '../../../broker/identity/throttle/rules.ts';
import { createThrottle } from '../../../broker/identity/throttle/throttle.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { elsewhere, home, identityOver, PASSWORD, refusalOf } from '../../support/identity.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());
beforeEach(() => test.database.deleteFrom('sign_in_throttle').execute());

type Identity = ReturnType<typeof identityOver>;
const attempt = ({ signIns }: Identity, username: string, origin = elsewhere) => refusalOf(signIns.withPassword({ username, password: 'wrong', origin }));

/** Fails as often as it is allowed to, waiting where it has to. */
async function failUntilClosed(identity: Identity, username: string, origin = elsewhere): Promise<number> {
  for (let failures = 0; ; ) {
    const { code, details } = await attempt(identity, username, origin);
    if (code === 'credentials-wrong') failures += 1;
    else if (details.retryAfterSeconds === undefined) return failures;
    else identity.clock.forward(details.retryAfterSeconds);
  }
}

describe('half-finished sign-ins of one person', () => {
  it('are bounded, the oldest making room, so that a stolen password does not lock its owner out', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    const begin = () => identity.signIns.withPassword({ username: person.username, password: PASSWORD, origin: home });
    const first = await begin();
    identity.clock.forward(1);
    const begunAt = identity.clock.now();
    await test.database
      .insertInto('half_sign_in')
      .values(Array.from({ length: SIGN_IN_POLICY.halfSignInsAtOnce - 1 }, () => ({ id: randomUUID(), person_id: person.id, token_hash: randomBytes(32), begun_at: begunAt, expires_at: new Date(begunAt.getTime() + 600_000), ended_at: null, ended_because: null })))
      .execute();
    identity.clock.forward(1);
    const last = await begin();
    const open = await test.database.selectFrom('half_sign_in').where('person_id', '=', person.id).where('ended_at', 'is', null).select('id').execute();
    expect(open).toHaveLength(SIGN_IN_POLICY.halfSignInsAtOnce);
    const complete = (token: string) => identity.signIns.withTotp({ token, code: identity.codeOf(person.totpSecret), origin: home });
    expect((await refusalOf(complete(first.token))).code).toBe('sign-in-required');
    await complete(last.token);
  });
});

describe('guessing at an account', () => {
  it('is slowed down after five failures, and says for how long', async () => {
    const identity = identityOver(test.database);
    const { username } = await identity.newPerson();
    const answers = [];
    for (let n = 0; n < 6; n += 1) answers.push(await attempt(identity, username));
    expect(answers.map(({ code }) => code)).toEqual([...Array.from({ length: 5 }, () => 'credentials-wrong'), 'too-many-attempts']);
    expect(answers[5]!.details.retryAfterSeconds).toBe(1);
    expect((await refusalOf(identity.signIns.withPassword({ username, password: PASSWORD, origin: elsewhere }))).code).toBe('too-many-attempts');
    identity.clock.forward(1);
    await identity.signIns.withPassword({ username, password: PASSWORD, origin: elsewhere });
  });

  it('is the same for a name that nobody bears', async () => {
    const identity = identityOver(test.database);
    const { username } = await identity.newPerson();
    for (let n = 0; n < 12; n += 1) {
      const [known, unknown] = [await attempt(identity, username), await attempt(identity, 'nobody-of-this-name', { ...elsewhere, address: '203.0.113.9' })];
      expect(unknown).toMatchObject({ code: known.code, details: known.details });
      if (n === 8) identity.clock.forward(2);
    }
  });

  it('ends for good after so many failures, until an administrator forgets them', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    expect(await failUntilClosed(identity, person.username)).toBe(SIGN_IN_POLICY.throttle.account.most);
    identity.clock.forward(365 * 86_400);
    await identity.upkeep.clear();
    expect((await refusalOf(identity.signIns.withPassword({ username: person.username, password: PASSWORD, origin: elsewhere }))).code).toBe('too-many-attempts');
    await identity.directory.forgetFailures(person.id);
    await identity.signIn(person, elsewhere);
    expect((await identity.events()).filter(({ event, fields }) => event === 'failuresForgotten' && fields['personId'] === person.id)).toHaveLength(1);
  });

  it('cannot lock out its owner, whose browser is known and has a budget of its own', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    const { knownBrowser } = await identity.signIn(person);
    await failUntilClosed(identity, person.username);
    expect((await refusalOf(identity.signIns.withPassword({ username: person.username, password: PASSWORD, origin: home }))).code).toBe('too-many-attempts');

    const mine = { ...home, knownBrowser };
    for (let n = 0; n < 4; n += 1) expect((await attempt(identity, person.username, mine)).code).toBe('credentials-wrong');
    const again = await identity.signIn(person, mine);
    expect(again.knownBrowser).toBe(knownBrowser);
    // The success opened the account for other browsers as well.
    expect((await attempt(identity, person.username)).code).toBe('credentials-wrong');
  });

  it('gets no budget from a cookie that is made up, another person\'s, or too old', async () => {
    const identity = identityOver(test.database);
    const [person, other] = [await identity.newPerson(), await identity.newPerson()];
    const mine = await identity.signIn(person);
    const theirs = await identity.signIn(other);
    await failUntilClosed(identity, person.username);
    for (const knownBrowser of ['x'.repeat(43), theirs.knownBrowser, '']) {
      expect((await attempt(identity, person.username, { ...elsewhere, knownBrowser })).code).toBe('too-many-attempts');
    }
    expect((await attempt(identity, person.username, { ...elsewhere, knownBrowser: mine.knownBrowser })).code).toBe('credentials-wrong');
    identity.clock.forward(401 * 86_400);
    expect((await attempt(identity, person.username, { ...elsewhere, knownBrowser: mine.knownBrowser })).code).toBe('too-many-attempts');
  });

  it('stops after 100 failures in a row, whatever known browsers the guesser got hold of', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    const cookies = [];
    for (let n = 0; n < 6; n += 1) cookies.push((await identity.signIn(person, { ...home, userAgent: `browser ${n}` })).knownBrowser);
    let failures = await failUntilClosed(identity, person.username);
    for (const knownBrowser of cookies) failures += await failUntilClosed(identity, person.username, { ...elsewhere, knownBrowser });
    expect(failures).toBe(100);
  });

  it('counts wrong one-time codes as well, and success with both factors forgets them', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    for (let n = 0; n < 3; n += 1) await attempt(identity, person.username);
    const { token } = await identity.signIns.withPassword({ username: person.username, password: PASSWORD, origin: elsewhere });
    const codes = [];
    for (let n = 0; n < 3; n += 1) codes.push((await refusalOf(identity.signIns.withTotp({ token, code: '000000', origin: elsewhere }))).code);
    expect(codes).toEqual(['one-time-code-wrong', 'one-time-code-wrong', 'too-many-attempts']);
    await identity.signIn(person, elsewhere);
    expect((await attempt(identity, person.username)).code).toBe('credentials-wrong');
  });

  it('is not forgotten by a right password alone', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    for (let n = 0; n < 5; n += 1) {
      await attempt(identity, person.username);
      if (n < 4) await identity.signIns.withPassword({ username: person.username, password: PASSWORD, origin: elsewhere });
    }
    expect((await attempt(identity, person.username)).code).toBe('too-many-attempts');
  });
});

describe('guessing from one address', () => {
  const small = { ...SIGN_IN_POLICY, throttle: { ...SIGN_IN_POLICY.throttle, address: { most: 10, forgottenPerMinute: 6 } } };

  it('is bounded over all accounts, and never keeps a known browser out', async () => {
    const identity = identityOver(test.database, { policy: small });
    const person = await identity.newPerson();
    const { knownBrowser } = await identity.signIn(person);
    for (let n = 0; n < 10; n += 1) expect((await attempt(identity, `name-${n}`, home)).code).toBe('credentials-wrong');
    const { code, details } = await attempt(identity, 'name-11', home);
    expect([code, details.retryAfterSeconds]).toEqual(['too-many-attempts', 1]);
    expect((await refusalOf(identity.signIns.withPassword({ username: person.username, password: PASSWORD, origin: home }))).code).toBe('too-many-attempts');
    await identity.signIn(person, { ...home, knownBrowser });
    identity.clock.forward(10);
    expect((await attempt(identity, 'name-12', home)).code).toBe('credentials-wrong');
  });

  it('takes an IPv6 /64 for one address', async () => {
    const identity = identityOver(test.database, { policy: small });
    for (let n = 0; n < 10; n += 1) await attempt(identity, `six-${n}`, { ...home, address: `2001:db8:1:2::${n}` });
    expect((await attempt(identity, 'six-10', { ...home, address: '2001:db8:1:2:ffff::1' })).code).toBe('too-many-attempts');
    expect((await attempt(identity, 'six-10', { ...home, address: '2001:db8:1:3::1' })).code).toBe('credentials-wrong');
  });

  it('does not count successes, so that an office behind one address comes in', async () => {
    const identity = identityOver(test.database, { policy: small });
    const people = [];
    for (let n = 0; n < 15; n += 1) people.push(await identity.newPerson());
    for (const person of people) await identity.signIn(person, home);
  });
});

it('keeps the same count in SQL as the rules do', async () => {
  const throttle = createThrottle(SIGN_IN_POLICY.throttle);
  const { account, address } = SIGN_IN_POLICY.throttle;
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: -60_000, max: 600_000 }), { minLength: 1, maxLength: 12 }), async (steps) => {
      run += 1;
      const suspect = { username: `model-${run}`, browserId: undefined, network: `model-${run}` };
      let now = Date.parse('2026-04-01T00:00:00Z');
      let onAccount: { count: number; lastAt: Date } | undefined;
      let onAddress: { count: number; lastAt: Date } | undefined;
      for (const step of steps) {
        now += step;
        const at = new Date(now);
        await test.database.transaction().execute((transaction) => throttle.countFailure(transaction, suspect, at));
        onAccount = { count: (onAccount?.count ?? 0) + 1, lastAt: at };
        onAddress = { count: remembered(onAddress, address, at) + 1, lastAt: onAddress && onAddress.lastAt > at ? onAddress.lastAt : at };
        const expected = Math.max(waitOf(onAccount, account, at), waitOfAddress(onAddress, address, at));
        expect(await throttle.wait(test.database, suspect, at)).toBeCloseTo(expected, 3);
      }
      const { failures } = await test.database.selectFrom('sign_in_throttle').where('key', '=', `address:${suspect.network}`).select('failures').executeTakeFirstOrThrow();
      expect(failures).toBeCloseTo(onAddress!.count, 6);
    }),
    { numRuns: 30 },
  );
});
