import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { elsewhere, home, identityOver, refusalOf } from '../../support/identity.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

async function signedIn() {
  const identity = identityOver(test.database);
  const person = await identity.newPerson();
  const { token, signedIn: session } = await identity.signIn(person);
  identity.clock.forward(1_000);
  const stepUp = (code = identity.codeOf(person.totpSecret), origin = home) => identity.signIns.stepUp({ person: session, code, origin });
  const own = async (event: string) => (await identity.events()).filter((record) => record.event === event && record.organisationId === person.organisationId);
  const provedAt = async () => (await identity.signIns.resolve(token)).provedAt;
  return { identity, person, token, session, stepUp, own, provedAt, wrong: identity.codeOf('A'.repeat(32)) };
}

describe('proving the second factor once more', () => {
  it('makes it fresh from now on, for this sign-in, and is on the trail', async () => {
    const { identity, person, session, stepUp, own, provedAt } = await signedIn();
    const other = await identity.signIn(person, elsewhere);
    identity.clock.forward(60);
    const now = identity.clock.now();
    expect(await stepUp()).toEqual({ freshUntil: new Date(now.getTime() + 300_000) });
    expect(await provedAt()).toEqual(now);
    expect((await identity.signIns.resolve(other.token)).provedAt).toEqual(new Date(now.getTime() - 60_000));
    expect(await own('factorProvedAgain')).toMatchObject([{ code: 'SKA-2007', actor: { kind: 'person', personId: person.id, signInId: session.signInId }, address: home.address, fields: { factor: 'totp' } }]);
  });

  it('takes a code as people type it', async () => {
    const { identity, person, stepUp } = await signedIn();
    const code = identity.codeOf(person.totpSecret).replaceAll(/\d/g, (digit) => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0));
    await stepUp(` ${code.slice(0, 3)} ${code.slice(3)} `);
  });

  it('takes a code once, whoever used it first and for whatever', async () => {
    const { identity, person, session, stepUp, own, provedAt } = await signedIn();
    const before = await provedAt();
    const half = await identity.signIns.withPassword({ username: person.username, password: person.password, origin: home });
    await identity.signIns.withTotp({ token: half.token, code: identity.codeOf(person.totpSecret), origin: home });
    expect((await refusalOf(stepUp())).code).toBe('one-time-code-used');
    expect(await provedAt()).toEqual(before);
    expect(await own('usedCodeReplayed')).toMatchObject([{ actor: { signInId: session.signInId } }]);

    identity.clock.forward(30);
    await stepUp();
    const another = await identity.signIns.withPassword({ username: person.username, password: person.password, origin: home });
    expect((await refusalOf(identity.signIns.withTotp({ token: another.token, code: identity.codeOf(person.totpSecret), origin: home }))).code).toBe('one-time-code-used');
  });

  it('takes one of many tries at once with the same code', async () => {
    const { stepUp, own } = await signedIn();
    const answers = await Promise.all(Array.from({ length: 8 }, () => stepUp().then(() => 'fresh', (error: { code?: string }) => String(error.code))));
    expect(answers.toSorted()).toEqual(['fresh', ...Array.from({ length: 7 }, () => 'one-time-code-used')]);
    expect(await own('factorProvedAgain')).toHaveLength(1);
  });

  it('counts wrong codes as guesses, together with those at the entrance, and tells them', async () => {
    const { identity, person, stepUp, own, provedAt, wrong } = await signedIn();
    const before = await provedAt();
    for (let tries = 0; tries < 3; tries += 1) expect((await refusalOf(stepUp(wrong))).code).toBe('one-time-code-wrong');
    for (let tries = 0; tries < 2; tries += 1) await refusalOf(identity.signIns.withPassword({ username: person.username, password: 'wrong', origin: home }));
    const { code, details } = await refusalOf(stepUp());
    expect([code, details.retryAfterSeconds]).toEqual(['too-many-attempts', 1]);
    expect(await provedAt()).toEqual(before);
    expect((await own('signInRefused')).filter(({ fields }) => fields['why'] === 'wrong-code')).toHaveLength(3);
    identity.clock.forward(1);
    await stepUp();
    expect((await refusalOf(stepUp(wrong))).code).toBe('one-time-code-wrong');
  });

  it('refuses what can be no code, without counting it', async () => {
    const { stepUp } = await signedIn();
    for (let tries = 0; tries < 10; tries += 1) expect((await refusalOf(stepUp('12345'))).code).toBe('one-time-code-wrong');
    await stepUp();
  });

  it('is refused for a sign-in that has ended, one of somebody else, and a suspended account', async () => {
    const { identity, person, token, session, stepUp } = await signedIn();
    const stranger = await identity.signIn(await identity.newPerson());
    const mixed = { ...session, signInId: stranger.signedIn.signInId };
    expect((await refusalOf(identity.signIns.stepUp({ person: mixed, code: identity.codeOf(person.totpSecret), origin: home }))).code).toBe('sign-in-required');
    await identity.signIns.signOut({ token, origin: home });
    identity.clock.forward(30);
    expect((await refusalOf(stepUp())).code).toBe('sign-in-required');

    const another = await signedIn();
    await test.database.updateTable('person').set({ status: 'disabled' }).where('id', '=', another.person.id).execute();
    expect((await refusalOf(another.stepUp())).code).toBe('sign-in-required');
  });
});

describe('looking at a sign-in', () => {
  it('gives who holds it and keeps it no longer alive', async () => {
    const { identity, token, session } = await signedIn();
    const seen = () => test.database.selectFrom('sign_in').where('id', '=', session.signInId).select('last_seen_at').executeTakeFirstOrThrow();
    const before = await seen();
    identity.clock.forward(1_800);
    expect(await identity.signIns.peek(token)).toMatchObject({ personId: session.personId, signInId: session.signInId });
    expect(await seen()).toEqual(before);
    identity.clock.forward(800);
    expect(await identity.signIns.peek(token)).toBeUndefined();
  });

  it('gives nothing for what does not stand', async () => {
    const { identity, person, token } = await signedIn();
    const half = await identity.signIns.withPassword({ username: person.username, password: person.password, origin: home });
    expect(await identity.signIns.peek(half.token)).toBeUndefined();
    expect(await identity.signIns.peek('x'.repeat(43))).toBeUndefined();
    await identity.directory.disablePerson(person.id);
    expect(await identity.signIns.peek(token)).toBeUndefined();
    const other = await signedIn();
    await other.identity.signIns.signOut({ token: other.token, origin: home });
    expect(await other.identity.signIns.peek(other.token)).toBeUndefined();
  });
});
