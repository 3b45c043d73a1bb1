import { readRecoveryCode } from '../../../broker/identity/recovery/code.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { elsewhere, home, identityOver, refusalOf } from '../../support/identity.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

/** Somebody with ten printed codes, and an administrator of the same organisation. */
async function withCodes() {
  const identity = identityOver(test.database);
  const person = await identity.newPerson();
  const { signedIn: session } = await identity.signIn(person);
  const { codes } = await identity.factors.issueRecoveryCodes({ person: session, origin: home });
  const half = () => identity.signIns.withPassword({ username: person.username, password: person.password, origin: elsewhere });
  const recover = async (code: string) => identity.signIns.withRecoveryCode({ token: (await half()).token, code, origin: elsewhere });
  const own = async (event: string) => (await identity.events()).filter((record) => record.event === event && record.organisationId === person.organisationId);
  return { identity, person, session, codes, half, recover, own };
}

/** An administrator in the same organisation, signed in just now. */
async function administratorOf({ identity, person }: Awaited<ReturnType<typeof withCodes>>) {
  const username = `admin-${person.username}`;
  const totpSecret = (await import('otplib')).generateSecret();
  await identity.directory.addPersonWithCredentials({ organisationId: person.organisationId, unitId: person.unitId, username, displayName: '管理 太郎', password: person.password, totpSecret, roles: ['system-admin'] });
  const { signedIn } = await identity.signIn({ username, password: person.password, totpSecret });
  return { person: signedIn, origin: home };
}

describe('recovery codes', () => {
  it('are ten, told once, stored as hashes, and on the trail as a number', async () => {
    const { codes, person, own, identity, session } = await withCodes();
    expect(new Set(codes).size).toBe(10);
    const stored = JSON.stringify(await test.database.selectFrom('recovery_code').where('person_id', '=', person.id).selectAll().execute());
    for (const code of codes) for (const shape of [code, code.replaceAll('-', ''), Buffer.from(code).toString('hex')]) expect(stored).not.toContain(shape);
    const trail = JSON.stringify(await identity.events());
    for (const code of codes) expect(trail).not.toContain(code);
    expect(await own('recoveryCodesIssued')).toMatchObject([{ code: 'SKA-1122', fields: { count: 10, voided: 0 } }]);
    expect((await identity.factors.own(session)).recoveryCodes).toMatchObject({ left: 10 });
  });

  it('sign in with the password, once each, as people type them', async () => {
    const { codes, recover, own, identity, session } = await withCodes();
    const { signedIn } = await recover(` ${codes[0]!.toLowerCase().replaceAll('-', ' ')} `);
    expect(signedIn.method).toBe('password-recovery');
    expect((await refusalOf(recover(codes[0]!))).code).toBe('recovery-code-used');
    await recover(codes[1]!);
    expect(await own('recoveryCodeUsed')).toMatchObject([{ fields: { left: 9 } }, { fields: { left: 8 } }]);
    expect((await own('signInCompleted')).at(-1)?.fields['factors']).toEqual(['password', 'recovery-code']);
    expect(await own('usedRecoveryCodeReplayed')).toHaveLength(1);
    expect((await identity.factors.notices(session)).map(({ kind, count }) => `${kind} ${count}`).toSorted()).toEqual(['recovery-code-used 2', 'used-recovery-code 1']);
    expect((await identity.signIns.history({ person: session })).items).toContainEqual(expect.objectContaining({ outcome: 'complete', method: 'password-recovery' }));
  });

  it('are void once new ones are issued, and nobody else’s at any time', async () => {
    const { codes, recover, identity, session } = await withCodes();
    const stranger = await withCodes();
    expect((await refusalOf(recover(stranger.codes[0]!))).code).toBe('recovery-code-wrong');
    const { codes: fresh } = await identity.factors.issueRecoveryCodes({ person: session, origin: home });
    expect((await refusalOf(recover(codes[3]!))).code).toBe('recovery-code-wrong');
    await recover(fresh[3]!);
    await stranger.recover(stranger.codes[0]!);
  });

  it('that are wrong count as guesses, and what can be none does not', async () => {
    const { codes, half, identity } = await withCodes();
    const { token } = await half();
    const tried = (code: string) => refusalOf(identity.signIns.withRecoveryCode({ token, code, origin: elsewhere }));
    for (let tries = 0; tries < 10; tries += 1) expect((await tried('no code')).code).toBe('recovery-code-wrong');
    const guesses = ['0', '1', '2', '3', '4'].map((letter) => letter.repeat(16));
    for (const guess of guesses) expect((await tried(guess)).code).toBe('recovery-code-wrong');
    expect((await tried(codes[0]!)).code).toBe('too-many-attempts');
    identity.clock.forward(1);
    await identity.signIns.withRecoveryCode({ token, code: codes[0]!, origin: elsewhere });
  });

  it('are told of by the step after the password, to whoever has them', async () => {
    const { half, identity } = await withCodes();
    expect(await half()).toMatchObject({ next: 'totp', ways: ['totp', 'recovery-code'] });
    const without = await identity.newPerson();
    expect(await identity.signIns.withPassword({ username: without.username, password: without.password, origin: home })).toMatchObject({ next: 'totp', ways: ['totp'] });
  });

  it('open the door while the server’s clock is not trusted', async () => {
    const { codes, recover, identity } = await withCodes();
    identity.serverClock.isTrusted = false;
    expect((await recover(codes[0]!)).signedIn.method).toBe('password-recovery');
  });

  it('complete one sign-in, of 200 that ask at once through four processes’ pools', async () => {
    const first = await withCodes();
    const all = [first.identity, ...Array.from({ length: 3 }, () => identityOver(test.connect(10), { clock: first.identity.clock, key: first.identity.key }))];
    const halves = await Promise.all(Array.from({ length: 20 }, () => first.half()));
    const ends = await Promise.all(
      Array.from({ length: 200 }, (_, n) => all[n % 4]!.signIns.withRecoveryCode({ token: halves[n % 20]!.token, code: first.codes[0]!, origin: elsewhere }).then(() => 'done', (error: { code?: string }) => error.code)),
    );
    expect(ends.filter((end) => end === 'done')).toHaveLength(1);
    expect(new Set(ends)).toEqual(new Set(['done', 'recovery-code-used']));
  });

  it('once used stay used, whatever statement says otherwise', async () => {
    const { codes, recover, person } = await withCodes();
    await recover(codes[0]!);
    await expect(test.database.updateTable('recovery_code').set({ used_at: null }).where('person_id', '=', person.id).where('used_at', 'is not', null).execute()).rejects.toThrow('stays so');
  });
});

describe('a sign-in by recovery code', () => {
  it('changes no factor and is no fresh proof, until a code of the authenticator proves who it is', async () => {
    const { codes, recover, identity, person } = await withCodes();
    const { signedIn } = await recover(codes[0]!);
    const by = { person: signedIn, origin: elsewhere };
    const [own] = (await identity.factors.own(signedIn)).authenticators;
    for (const change of [() => identity.factors.offerAuthenticator(by), () => identity.factors.issueRecoveryCodes(by), () => identity.factors.removeAuthenticator({ ...by, authenticatorId: own!.id })]) {
      expect((await refusalOf(change())).code).toBe('re-proof-required');
    }
    expect((await identity.factors.own(signedIn)).mayChange).toBe(false);
    expect((await refusalOf(identity.signIns.stepUp({ person: signedIn, code: codes[1]!, origin: elsewhere }))).code).toBe('one-time-code-wrong');
    identity.clock.forward(30);
    await identity.signIns.stepUp({ person: signedIn, code: identity.codeOf(person.totpSecret), origin: elsewhere });
    await identity.factors.issueRecoveryCodes(by);
  });

  it('changes them for half an hour after an administrator vouched for the one sign-in', async () => {
    const made = await withCodes();
    const { codes, recover, identity, person, own } = made;
    const { signedIn } = await recover(codes[0]!);
    const { signedIn: other } = await recover(codes[1]!);
    const administrator = await administratorOf(made);
    expect((await identity.factors.ofPerson({ person: administrator.person, personId: person.id })).recoverySignIns.map(({ id }) => id).toSorted()).toEqual([signedIn.signInId, other.signInId].toSorted());
    const { until } = await identity.factors.reprove({ ...administrator, personId: person.id, signInId: signedIn.signInId, reason: '窓口で本人と職員証を確かめた' });
    expect(until).toEqual(new Date(identity.clock.now().getTime() + 1_800_000));
    expect((await refusalOf(identity.factors.offerAuthenticator({ person: other, origin: elsewhere }))).code).toBe('re-proof-required');
    const offered = await identity.factors.offerAuthenticator({ person: signedIn, origin: elsewhere });
    await identity.factors.confirmAuthenticator({ person: signedIn, origin: elsewhere, authenticatorId: offered.id, name: '新しい電話', code: identity.codeOf(offered.secret) });
    expect(await own('personReproved')).toMatchObject([{ code: 'SKA-1125', actor: { personId: administrator.person.personId }, fields: { personId: person.id, ofSignInId: signedIn.signInId, reason: '窓口で本人と職員証を確かめた' } }]);
    expect((await identity.factors.notices(signedIn)).map(({ kind }) => kind)).toContain('re-proved');
    identity.clock.forward(1_801);
    expect((await refusalOf(identity.factors.issueRecoveryCodes({ person: signedIn, origin: elsewhere }))).code).toBe('re-proof-required');
  });

  it('is vouched for by an administrator with a fresh factor only, never for oneself, for nobody of elsewhere, and never without a policy', async () => {
    const made = await withCodes();
    const { codes, recover, identity, person, session } = made;
    const { signedIn } = await recover(codes[0]!);
    const administrator = await administratorOf(made);
    const of = { personId: person.id, signInId: signedIn.signInId, reason: '本人' };
    const refused = async (call: Parameters<typeof identity.factors.reprove>[0]) => (await refusalOf(identity.factors.reprove(call))).code;
    expect(await refused({ person: session, origin: home, ...of })).toBe('forbidden');
    expect(await refused({ ...administrator, ...of, signInId: session.signInId })).toBe('conflict');
    expect(await refused({ ...administrator, ...of, personId: administrator.person.personId })).toBe('forbidden');
    const stranger = await withCodes();
    const foreign = await stranger.recover(stranger.codes[0]!);
    expect(await refused({ ...administrator, ...of, personId: stranger.person.id, signInId: foreign.signedIn.signInId })).toBe('not-found');
    expect(await refused({ ...administrator, ...of, reason: ' ' })).toBe('request-invalid');
    identity.rules.secondFactors = undefined;
    expect(await refused({ ...administrator, ...of })).toBe('policy-missing');
    identity.rules.secondFactors = { passkeys: 'alone', reProof: 1_800, clockAlone: 86_400 };
    identity.clock.forward(301);
    expect(await refused({ ...administrator, ...of })).toBe('step-up-required');
  });
});

it('what is printed is what is read', async () => {
  const { codes } = await withCodes();
  for (const code of codes) expect(readRecoveryCode(code)).toBe(code.replaceAll('-', ''));
});
