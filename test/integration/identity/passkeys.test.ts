import { relyingPartyOf } from '../../../broker/identity/passkeys/relying-party.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { elsewhere, home, identityOver, refusalOf } from '../../support/identity.ts';
import { softwarePasskey, type Otherwise } from '../../support/software-passkey.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

/** Somebody with a passkey, signed in. */
async function withPasskey() {
  const identity = identityOver(test.database);
  const person = await identity.newPerson();
  const { signedIn: session } = await identity.signIn(person);
  const by = { person: session, origin: home };
  const device = softwarePasskey();
  await identity.passkeys.register({ ...by, name: '窓口の鍵', response: device.attest(await identity.passkeys.forRegistration(by)) });
  const half = () => identity.signIns.withPassword({ username: person.username, password: person.password, origin: elsewhere });
  const second = async (otherwise: Otherwise = {}, { token } = { token: '' }) => {
    const at = token === '' ? (await half()).token : token;
    const request = await identity.passkeys.forSecondStep({ token: at, origin: elsewhere });
    return identity.passkeys.withPasskey({ token: at, response: device.assert(request, otherwise), origin: elsewhere });
  };
  const alone = async (otherwise: Otherwise = {}) => identity.passkeys.alone({ response: device.assert(await identity.passkeys.forAlone({ origin: elsewhere }), otherwise), origin: elsewhere });
  const own = async (event: string) => (await identity.events()).filter((record) => record.event === event && record.organisationId === person.organisationId);
  return { identity, person, session, by, device, half, second, alone, own };
}

describe('a passkey', () => {
  it('is registered with a name, told and on the trail, and signs in after the password', async () => {
    const { identity, session, half, second, own } = await withPasskey();
    expect((await identity.factors.own(session)).passkeys).toMatchObject([{ name: '窓口の鍵', stopped: false }]);
    expect(await half()).toMatchObject({ next: 'totp', ways: ['totp', 'passkey'] });
    expect((await second()).signedIn.method).toBe('password-passkey');
    expect(await own('passkeyRegistered')).toMatchObject([{ code: 'SKA-1128', fields: { synced: false, userVerified: true } }]);
    expect((await own('signInCompleted')).at(-1)?.fields['factors']).toEqual(['password', 'passkey']);
  });

  it('signs in alone, where the policy says so and the device checked its owner', async () => {
    const { identity, person, alone } = await withPasskey();
    expect(await alone()).toMatchObject({ signedIn: { personId: person.id, method: 'passkey' } });
    expect((await refusalOf(alone({ verified: false }))).code).toBe('passkey-refused');
    identity.rules.secondFactors = { passkeys: 'second-factor', reProof: 60, clockAlone: 60 };
    expect((await refusalOf(alone())).code).toBe('passkeys-not-offered');
    identity.rules.secondFactors = { passkeys: 'off', reProof: 60, clockAlone: 60 };
    expect((await refusalOf(identity.passkeys.forAlone({ origin: home }))).code).toBe('passkeys-not-offered');
    identity.rules.secondFactors = undefined;
    expect((await refusalOf(identity.passkeys.forAlone({ origin: home }))).code).toBe('policy-missing');
  });

  it('after the password may be a key without a PIN, and is not enough alone nor for a step-up where no password was shown', async () => {
    const { identity, second, alone, device } = await withPasskey();
    await second({ verified: false });
    const { signedIn } = await alone();
    const request = await identity.passkeys.forStepUp(signedIn);
    expect(request.userVerification).toBe('required');
    expect((await refusalOf(identity.passkeys.stepUp({ person: signedIn, response: device.assert(request, { verified: false }), origin: elsewhere }))).code).toBe('passkey-refused');
  });

  it('proves the factor once more, fresh from now on, and makes a sign-in by recovery code one that may change factors', async () => {
    const { identity, session, by, half, device } = await withPasskey();
    const { codes } = await identity.factors.issueRecoveryCodes(by);
    const { token } = await half();
    const { signedIn } = await identity.signIns.withRecoveryCode({ token, code: codes[0]!, origin: elsewhere });
    identity.clock.forward(600);
    const now = identity.clock.now();
    const stepUp = async (person: typeof session) => identity.passkeys.stepUp({ person, response: device.assert(await identity.passkeys.forStepUp(person)), origin: elsewhere });
    expect(await stepUp(signedIn)).toEqual({ freshUntil: new Date(now.getTime() + 300_000) });
    await identity.factors.issueRecoveryCodes({ person: signedIn, origin: elsewhere });
  });

  it('works while the server’s clock is not trusted', async () => {
    const { identity, second } = await withPasskey();
    identity.serverClock.isTrusted = false;
    expect((await second()).signedIn.method).toBe('password-passkey');
  });

  it('may be the last factor, and then no password alone enrols another one', async () => {
    const { identity, session, by, half, second } = await withPasskey();
    const [authenticator] = (await identity.factors.own(session)).authenticators;
    await identity.factors.removeAuthenticator({ ...by, authenticatorId: authenticator!.id });
    const owed = await half();
    expect(owed).toMatchObject({ next: 'passkey', ways: ['passkey'] });
    expect((await refusalOf(identity.signIns.enrolment({ token: owed.token, origin: elsewhere }))).code).toBe('enrolment-not-open');
    const [passkey] = (await identity.factors.own(session)).passkeys;
    expect((await refusalOf(identity.passkeys.remove({ ...by, passkeyId: passkey!.id }))).code).toBe('last-factor');
    await second();
  });

  it('that was the last factor and was stopped as a copy opens no enrolment to a password alone', async () => {
    const { identity, session, by, half, second } = await withPasskey();
    const [authenticator] = (await identity.factors.own(session)).authenticators;
    await identity.factors.removeAuthenticator({ ...by, authenticatorId: authenticator!.id });
    await second({ counter: 10 });
    expect((await refusalOf(second({ counter: 10 }))).code).toBe('passkey-refused');
    expect((await identity.factors.own(session)).passkeys[0]!.stopped).toBe(true);
    const owed = await half();
    expect(owed).toMatchObject({ next: 'passkey', ways: [] });
    expect((await refusalOf(identity.signIns.enrolment({ token: owed.token, origin: elsewhere }))).code).toBe('enrolment-not-open');
  });

  it('that was removed signs in no more, and five are the most', async () => {
    const { identity, session, by, second, own } = await withPasskey();
    for (let count = 1; count < 5; count += 1) await identity.passkeys.register({ ...by, name: `鍵${count}`, response: softwarePasskey().attest(await identity.passkeys.forRegistration(by)) });
    expect((await refusalOf(identity.passkeys.forRegistration(by))).code).toBe('passkeys-full');
    const first = (await identity.factors.own(session)).passkeys.find(({ name }) => name === '窓口の鍵');
    await identity.passkeys.remove({ ...by, passkeyId: first!.id });
    expect((await refusalOf(second())).code).toBe('passkey-refused');
    expect(await own('passkeyRemoved')).toHaveLength(1);
  });
});

describe('a hostile answer', () => {
  it.each<[string, Otherwise]>([
    ['from a page of another origin', { origin: 'https://telework.example.lg.jp.evil.example' }],
    ['from the same host on another port', { origin: 'https://telework.example.lg.jp:8443' }],
    ['for another relying party', { rpId: 'evil.example' }],
    ['without anybody there', { present: false }],
    ['that is a registration', { type: 'webauthn.create' }],
  ])('%s is refused, and on the trail', async (_, otherwise) => {
    const { second, alone, own } = await withPasskey();
    for (const way of [second, alone]) expect((await refusalOf(way(otherwise))).code).toBe('passkey-refused');
    expect(await own('passkeyRefused')).toMatchObject([{ fields: { why: 'not-verified' } }, { fields: { why: 'not-verified' } }]);
    await second();
  });

  it('played again is refused, in the same sign-in and in another one', async () => {
    const { identity, half, device } = await withPasskey();
    const { token } = await half();
    const response = device.assert(await identity.passkeys.forSecondStep({ token, origin: home }));
    await identity.passkeys.withPasskey({ token, response, origin: home });
    expect((await refusalOf(identity.passkeys.withPasskey({ token, response, origin: home }))).code).toBe('sign-in-required');
    const other = await half();
    expect((await refusalOf(identity.passkeys.withPasskey({ token: other.token, response, origin: home }))).code).toBe('passkey-challenge-over');
    const aloneAnswer = device.assert(await identity.passkeys.forAlone({ origin: home }));
    await identity.passkeys.alone({ response: aloneAnswer, origin: home });
    expect((await refusalOf(identity.passkeys.alone({ response: aloneAnswer, origin: home }))).code).toBe('passkey-challenge-over');
  });

  it('sent 100 times at once through four processes’ pools signs in once', async () => {
    const { identity, device } = await withPasskey();
    const all = [identity, ...Array.from({ length: 3 }, () => identityOver(test.connect(10), { clock: identity.clock, key: identity.key }))];
    const response = device.assert(await identity.passkeys.forAlone({ origin: home }));
    const ends = await Promise.all(Array.from({ length: 100 }, (_, n) => all[n % 4]!.passkeys.alone({ response, origin: home }).then(() => 'done', (error: { code?: string }) => error.code)));
    expect(ends.filter((end) => end === 'done')).toHaveLength(1);
    expect(new Set(ends)).toEqual(new Set(['done', 'passkey-challenge-over']));
  });

  it('to a challenge of ours for something else, of another sign-in, made up, or too old is refused', async () => {
    const { identity, session, half, device } = await withPasskey();
    const { token } = await half();
    const other = await half();
    const tried = async (request: Parameters<typeof device.assert>[0]) => (await refusalOf(identity.passkeys.withPasskey({ token, response: device.assert(request), origin: home }))).code;
    const wanted = await identity.passkeys.forSecondStep({ token, origin: home });
    expect(await tried(await identity.passkeys.forAlone({ origin: home }))).toBe('passkey-challenge-over');
    expect(await tried(await identity.passkeys.forStepUp(session))).toBe('passkey-challenge-over');
    expect(await tried(await identity.passkeys.forSecondStep({ token: other.token, origin: home }))).toBe('passkey-challenge-over');
    expect(await tried({ ...wanted, challenge: Buffer.alloc(80, 7).toString('base64url') })).toBe('passkey-challenge-over');
    identity.clock.forward(301);
    expect(await tried(wanted)).toBe('passkey-challenge-over');
  });

  it('by somebody else’s passkey is refused, also where the device names another person', async () => {
    const mine = await withPasskey();
    const theirs = await withPasskey();
    const { token } = await mine.half();
    const request = await mine.identity.passkeys.forSecondStep({ token, origin: home });
    expect(request.allowCredentials?.map(({ id }) => id)).toEqual([mine.device.id]);
    // Sealed challenges are of one installation: here both share no key, so the stranger's device answers mine.
    expect((await refusalOf(mine.identity.passkeys.withPasskey({ token, response: theirs.device.assert(request), origin: home }))).code).toBe('passkey-refused');
    expect((await mine.own('passkeyRefused')).map(({ fields }) => fields['why'])).toEqual(['another-persons']);
    const userHandle = Buffer.from(theirs.person.id.replaceAll('-', ''), 'hex').toString('base64url');
    expect((await refusalOf(mine.alone({ userHandle }))).code).toBe('passkey-refused');
    expect((await refusalOf(mine.alone({ id: theirs.device.id }))).code).toBe('passkey-refused');
  });

  it('whose counter went back stops the passkey, tells the person, and forgeries cannot bring that about', async () => {
    const { identity, session, second, own } = await withPasskey();
    await second({ counter: 10 });
    expect((await refusalOf(second({ counter: 3, origin: 'https://evil.example' }))).code).toBe('passkey-refused');
    expect((await identity.factors.own(session)).passkeys[0]!.stopped).toBe(false);
    expect((await refusalOf(second({ counter: 10 }))).code).toBe('passkey-refused');
    expect((await identity.factors.own(session)).passkeys[0]!.stopped).toBe(true);
    expect((await identity.factors.notices(session)).map(({ kind }) => kind)).toContain('passkey-cloned');
    expect(await own('passkeyStopped')).toMatchObject([{ code: 'SKA-1131', fields: { counter: 10 } }]);
    expect((await refusalOf(second({ counter: 11 }))).code).toBe('passkey-refused');
  });

  it('does not let a device that never counts be taken for a copy', async () => {
    const { second } = await withPasskey();
    await second({ counter: 0 });
    await second({ counter: 0 });
  });

  it('of a suspended person or an ended sign-in is refused', async () => {
    const { identity, person, alone, session, device } = await withPasskey();
    const request = await identity.passkeys.forStepUp(session);
    await identity.directory.disablePerson(person.id);
    expect((await refusalOf(alone())).code).toBe('passkey-refused');
    expect((await refusalOf(identity.passkeys.stepUp({ person: session, response: device.assert(request), origin: home }))).code).toBe('sign-in-required');
  });

  it('registers nothing from elsewhere, nothing twice, nothing of a recovery code', async () => {
    const { identity, by, device, half } = await withPasskey();
    const creation = () => identity.passkeys.forRegistration(by);
    for (const otherwise of [{ origin: 'https://evil.example' }, { rpId: 'evil.example' }, { present: false }]) {
      expect((await refusalOf(identity.passkeys.register({ ...by, name: 'x', response: softwarePasskey().attest(await creation(), otherwise) }))).code).toBe('passkey-refused');
    }
    expect((await refusalOf(identity.passkeys.register({ ...by, name: 'x', response: device.attest(await creation()) }))).code).toBe('passkey-refused');
    const given = softwarePasskey().attest(await creation());
    await identity.passkeys.register({ ...by, name: 'x', response: given });
    expect((await refusalOf(identity.passkeys.register({ ...by, name: 'x', response: given }))).code).toBe('passkey-challenge-over');
    const { codes } = await identity.factors.issueRecoveryCodes(by);
    const { signedIn } = await identity.signIns.withRecoveryCode({ token: (await half()).token, code: codes[0]!, origin: home });
    expect((await refusalOf(identity.passkeys.forRegistration({ person: signedIn, origin: home }))).code).toBe('re-proof-required');
  });
});

describe('the relying party', () => {
  it('is the host of the public address, and there is none for an address by number', () => {
    expect(relyingPartyOf('https://telework.example.lg.jp')).toMatchObject({ id: 'telework.example.lg.jp', origin: 'https://telework.example.lg.jp' });
    expect(relyingPartyOf('https://localhost:8443')).toMatchObject({ id: 'localhost', origin: 'https://localhost:8443' });
    for (const none of ['', 'http://telework.example.lg.jp', 'https://192.0.2.1', 'https://[2001:db8::1]:8443', 'telework']) expect(relyingPartyOf(none)).toBeUndefined();
  });
});
