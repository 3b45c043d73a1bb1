import { generateSecret } from 'otplib';
import { listen } from '../../../broker/store/index.ts';
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
  const by = { person: session, origin: home };
  const own = async (event: string) => (await identity.events()).filter((record) => record.event === event && record.organisationId === person.organisationId);
  const half = () => identity.signIns.withPassword({ username: person.username, password: person.password, origin: elsewhere });
  /** A second authenticator, confirmed. */
  const enrolSecond = async (name = 'タブレット') => {
    const offered = await identity.factors.offerAuthenticator(by);
    await identity.factors.confirmAuthenticator({ ...by, authenticatorId: offered.id, name, code: identity.codeOf(offered.secret) });
    return offered;
  };
  return { identity, person, token, session, by, own, half, enrolSecond };
}

describe('a second authenticator', () => {
  it('signs in as the first one does, has its name, and is on the trail', async () => {
    const { identity, session, half, enrolSecond, own } = await signedIn();
    const { id, secret } = await enrolSecond('自宅のタブレット');
    expect((await identity.factors.own(session)).authenticators.map(({ name }) => name)).toEqual(['', '自宅のタブレット']);
    identity.clock.forward(30);
    const { token } = await half();
    expect((await identity.signIns.withTotp({ token, code: identity.codeOf(secret), origin: elsewhere })).signedIn.method).toBe('password-totp');
    expect(await own('authenticatorEnrolled')).toMatchObject([{}, { actor: { kind: 'person', signInId: session.signInId }, fields: { authenticatorId: id } }]);
  });

  it('is worth nothing before its code confirmed it, and a wrong code counts as a guess', async () => {
    const { identity, by, half, own } = await signedIn();
    const offered = await identity.factors.offerAuthenticator(by);
    const { token } = await half();
    expect((await refusalOf(identity.signIns.withTotp({ token, code: identity.codeOf(offered.secret), origin: elsewhere }))).code).toBe('one-time-code-wrong');
    const confirm = (code: string) => identity.factors.confirmAuthenticator({ ...by, authenticatorId: offered.id, name: 'x', code });
    expect((await refusalOf(confirm(identity.codeOf(generateSecret())))).code).toBe('one-time-code-wrong');
    expect((await own('signInRefused')).filter(({ fields }) => fields['why'] === 'wrong-code')).toHaveLength(2);
    await confirm(identity.codeOf(offered.secret));
    expect((await refusalOf(confirm(identity.codeOf(offered.secret)))).code).toBe('not-found');
  });

  it('is the last that may be enrolled, however many ask at once', async () => {
    const { identity, by, session } = await signedIn();
    const offered = await identity.factors.offerAuthenticator(by);
    const again = await identity.factors.offerAuthenticator(by);
    expect((await refusalOf(identity.factors.confirmAuthenticator({ ...by, authenticatorId: offered.id, name: 'x', code: identity.codeOf(offered.secret) }))).code).toBe('not-found');
    const confirm = () => identity.factors.confirmAuthenticator({ ...by, authenticatorId: again.id, name: 'x', code: identity.codeOf(again.secret) });
    const ends = await Promise.all(Array.from({ length: 6 }, () => confirm().then(() => 'done', (error: { code?: string }) => error.code)));
    expect(ends.filter((end) => end === 'done')).toHaveLength(1);
    expect((await identity.factors.own(session)).authenticators).toHaveLength(2);
    expect((await refusalOf(identity.factors.offerAuthenticator(by))).code).toBe('authenticators-full');
  });

  it('goes, and then no longer signs in; the last one stays, also when both go at once', async () => {
    const { identity, by, session, half, enrolSecond, own, person } = await signedIn();
    const { id, secret } = await enrolSecond();
    const [first] = (await identity.factors.own(session)).authenticators;
    const ends = await Promise.all([id, first!.id].map((authenticatorId) => identity.factors.removeAuthenticator({ ...by, authenticatorId }).then(() => 'gone', (error: { code?: string }) => error.code)));
    expect(new Set(ends)).toEqual(new Set(['gone', 'last-factor']));
    expect(await own('authenticatorRemoved')).toHaveLength(1);
    const left = ends[0] === 'gone' ? { gone: secret, kept: person.totpSecret } : { gone: person.totpSecret, kept: secret };
    identity.clock.forward(30);
    const { token } = await half();
    expect((await refusalOf(identity.signIns.withTotp({ token, code: identity.codeOf(left.gone), origin: elsewhere }))).code).toBe('one-time-code-wrong');
    await identity.signIns.withTotp({ token, code: identity.codeOf(left.kept), origin: elsewhere });
  });

  it('asks for a factor proved lately, and is nobody else’s to remove', async () => {
    const { identity, by, session } = await signedIn();
    const stranger = await signedIn();
    const [theirs] = (await stranger.identity.factors.own(stranger.session)).authenticators;
    expect((await refusalOf(identity.factors.removeAuthenticator({ ...by, authenticatorId: theirs!.id }))).code).toBe('not-found');
    expect((await stranger.identity.factors.own(stranger.session)).authenticators).toHaveLength(1);
    identity.clock.forward(301);
    for (const change of [() => identity.factors.offerAuthenticator(by), () => identity.factors.issueRecoveryCodes(by), () => identity.factors.removeAuthenticator({ ...by, authenticatorId: session.personId })]) {
      expect((await refusalOf(change())).code).toBe('step-up-required');
    }
  });
});

describe('a code of a phone whose clock is off', () => {
  it('is refused with by how much, counts as a guess, and is used up by the hint', async () => {
    const { identity, person, half, own } = await signedIn();
    identity.clock.forward(600);
    const { token } = await half();
    const tried = (code: string) => refusalOf(identity.signIns.withTotp({ token, code, origin: elsewhere }));
    const early = identity.codeOf(person.totpSecret, 180);
    expect(await tried(early)).toMatchObject({ code: 'one-time-code-clock-drift', details: { clockDrift: { phone: 'fast', minutes: 3 } } });
    expect(await tried(identity.codeOf(person.totpSecret, -240))).toMatchObject({ code: 'one-time-code-clock-drift', details: { clockDrift: { phone: 'slow', minutes: 4 } } });
    expect((await own('signInRefused')).filter(({ fields }) => fields['why'] === 'wrong-code')).toHaveLength(2);
    identity.clock.forward(180);
    expect(identity.codeOf(person.totpSecret)).toBe(early);
    expect((await tried(early)).code).toBe('one-time-code-used');
    identity.clock.forward(30);
    await identity.signIns.withTotp({ token, code: identity.codeOf(person.totpSecret), origin: elsewhere });
  });

  it('that was the last one used is a replay, not a slow phone', async () => {
    const { identity, person, half } = await signedIn();
    const used = identity.codeOf(person.totpSecret);
    identity.clock.forward(240);
    const { token } = await half();
    expect((await refusalOf(identity.signIns.withTotp({ token, code: used, origin: elsewhere }))).code).toBe('one-time-code-used');
    // Nor is it one after another code was used since.
    await identity.signIns.withTotp({ token, code: identity.codeOf(person.totpSecret), origin: elsewhere });
    identity.clock.forward(60);
    expect((await refusalOf(identity.signIns.withTotp({ token: (await half()).token, code: used, origin: elsewhere }))).code).toBe('one-time-code-used');
  });
});

describe('a used code played again', () => {
  it('warns the person’s sign-ins until it is read, counted by address', async () => {
    const { identity, person, session, half } = await signedIn();
    const code = identity.codeOf(person.totpSecret);
    for (let tries = 0; tries < 3; tries += 1) {
      const { token } = await half();
      expect((await refusalOf(identity.signIns.withTotp({ token, code, origin: elsewhere }))).code).toBe('one-time-code-used');
    }
    const notices = await identity.factors.notices(session);
    expect(notices).toMatchObject([{ kind: 'used-code', count: 3, address: elsewhere.address, userAgent: elsewhere.userAgent }]);
    const stranger = await signedIn();
    expect((await refusalOf(stranger.identity.factors.readNotice({ person: stranger.session, noticeId: notices[0]!.id }))).code).toBe('not-found');
    await identity.factors.readNotice({ person: session, noticeId: notices[0]!.id });
    expect(await identity.factors.notices(session)).toEqual([]);
    const listed = await identity.signIns.history({ person: session });
    expect(listed.items.map(({ outcome }) => outcome)).toContain('used-code');
  });

  it('by the very browser that used it, as by a double click, warns of nothing', async () => {
    const { identity, person, session } = await signedIn();
    identity.clock.forward(30);
    const { token } = await identity.signIns.withPassword({ username: person.username, password: person.password, origin: home });
    const code = identity.codeOf(person.totpSecret);
    await identity.signIns.withTotp({ token, code, origin: home });
    expect((await refusalOf(identity.signIns.withTotp({ token, code, origin: home }))).code).toBe('one-time-code-used');
    expect(await identity.factors.notices(session)).toEqual([]);
  });

  it('is told to every process when it happens', async () => {
    const { identity, person, half } = await signedIn();
    const heard: string[] = [];
    let listening!: () => void;
    const ready = new Promise<void>((resolve) => {
      listening = resolve;
    });
    const listener = listen({ connectionString: test.connectionString, channel: 'changed', onMessage: (payload) => heard.push(payload), onListening: listening, onError: () => undefined });
    await ready;
    const { token } = await half();
    await refusalOf(identity.signIns.withTotp({ token, code: identity.codeOf(person.totpSecret), origin: elsewhere }));
    for (let waits = 0; waits < 50 && heard.length === 0; waits += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    await listener.stop();
    expect(heard.map((payload) => JSON.parse(payload) as unknown)).toContainEqual({ topic: 'person', personId: person.id });
  });
});

describe('while the server’s clock is not trusted', () => {
  it('one-time codes are refused without being counted, and the password step is not', async () => {
    const { identity, person, session, half } = await signedIn();
    identity.clock.forward(30);
    const { token } = await half();
    const code = identity.codeOf(person.totpSecret);
    identity.serverClock.isTrusted = false;
    for (let tries = 0; tries < 8; tries += 1) expect((await refusalOf(identity.signIns.withTotp({ token, code, origin: elsewhere }))).code).toBe('one-time-code-clock-untrusted');
    expect((await refusalOf(identity.signIns.stepUp({ person: session, code, origin: home }))).code).toBe('one-time-code-clock-untrusted');
    identity.serverClock.isTrusted = true;
    await identity.signIns.withTotp({ token, code, origin: elsewhere });
  });
});
