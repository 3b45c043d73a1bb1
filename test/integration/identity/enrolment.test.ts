import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { elsewhere, home, identityOver, refusalOf } from '../../support/identity.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const NEW_PASSWORD = '新しい門をくぐる朝の光と風';

/** Somebody with an invitation and nothing else. */
async function invited() {
  const identity = identityOver(test.database);
  const organisation = await identity.directory.addOrganisation({ name: `町 ${identity.ids.uuid()}` });
  const unit = await identity.directory.addUnit({ organisationId: organisation.id, name: '住民課' });
  const person = await identity.directory.addPerson({ organisationId: organisation.id, unitId: unit.id, username: `taro-${identity.ids.uuid()}`, displayName: '佐藤 太郎' });
  const { token } = await identity.directory.issueInvitation(person.id);
  return { ...identity, person, invitation: token };
}

describe('an invitation', () => {
  it('says whom it is for, as often as it is asked, and leads to an enrolment', async () => {
    const { signIns, invitation, person } = await invited();
    for (let n = 0; n < 2; n += 1) expect(await signIns.invitation({ token: invitation, origin: home })).toEqual({ displayName: '佐藤 太郎', username: person.username });
    expect((await signIns.redeemInvitation({ token: invitation, password: NEW_PASSWORD, origin: home })).next).toBe('enrol');
  });

  it('works once', async () => {
    const { signIns, invitation } = await invited();
    await signIns.redeemInvitation({ token: invitation, password: NEW_PASSWORD, origin: home });
    for (const call of [() => signIns.invitation({ token: invitation, origin: home }), () => signIns.redeemInvitation({ token: invitation, password: NEW_PASSWORD, origin: home })]) {
      expect((await refusalOf(call())).code).toBe('invitation-invalid');
    }
  });

  it('is void when a newer one was issued, when it is too old, and when its person is or was disabled', async () => {
    const { signIns, directory, person, invitation, clock } = await invited();
    const worthless = async (token: string) => {
      expect((await refusalOf(signIns.invitation({ token, origin: home }))).code).toBe('invitation-invalid');
      expect((await refusalOf(signIns.redeemInvitation({ token, password: NEW_PASSWORD, origin: home }))).code).toBe('invitation-invalid');
    };
    const second = await directory.issueInvitation(person.id, { ttlSeconds: 60 });
    await worthless(invitation);
    clock.forward(60);
    await worthless(second.token);
    const third = await directory.issueInvitation(person.id);
    await directory.disablePerson(person.id);
    await worthless(third.token);
    expect((await refusalOf(directory.issueInvitation(person.id))).code).toBe('account-disabled');
    await directory.enablePerson(person.id);
    await worthless(third.token);
  });

  it('is not used up by an unsuitable password, which is named', async () => {
    const { signIns, invitation, person } = await invited();
    for (const password of ['short', 'aaaaaaaaaaaaaa', `xx${person.username}xx`]) {
      const { code, details } = await refusalOf(signIns.redeemInvitation({ token: invitation, password, origin: home }));
      expect([code, details.fields?.[0]?.path]).toEqual(['password-unsuitable', 'password']);
    }
    expect((await refusalOf(signIns.redeemInvitation({ token: invitation, password: 'a\u0000'.repeat(10), origin: home }))).code).toBe('request-invalid');
    await signIns.redeemInvitation({ token: invitation, password: NEW_PASSWORD, origin: home });
  });

  it('sets a new password for one who has an authenticator already, and ends what the old one opened', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    const before = await identity.signIn(person);
    const half = await identity.signIns.withPassword({ username: person.username, password: person.password, origin: home });
    const { token } = await identity.directory.issueInvitation(person.id);
    expect((await identity.signIns.redeemInvitation({ token, password: NEW_PASSWORD, origin: home })).next).toBe('totp');
    expect((await refusalOf(identity.signIns.resolve(before.token))).code).toBe('sign-in-required');
    expect((await refusalOf(identity.signIns.withTotp({ token: half.token, code: '000000', origin: home }))).code).toBe('sign-in-required');
    expect((await refusalOf(identity.signIns.withPassword({ username: person.username, password: person.password, origin: home }))).code).toBe('credentials-wrong');
    expect(identity.endedLeasesOf).toEqual([{ which: { signInId: before.signedIn.signInId }, because: 'sign-in-ended' }]);
    await identity.signIn({ ...person, password: NEW_PASSWORD });
  });
});

describe('enrolling an authenticator', () => {
  it('offers one secret however often it is asked for, another one in another sign-in', async () => {
    const { signIns, invitation, person } = await invited();
    const { token } = await signIns.redeemInvitation({ token: invitation, password: NEW_PASSWORD, origin: home });
    const offers = await Promise.all(Array.from({ length: 5 }, () => signIns.enrolment({ token, origin: home })));
    expect(new Set(offers.map(({ secret }) => secret)).size).toBe(1);
    const uri = new URL(offers[0]!.otpauthUri);
    expect([uri.searchParams.get('secret'), uri.searchParams.get('issuer'), decodeURIComponent(uri.pathname)]).toEqual([offers[0]!.secret, 'Sekisho', `/Sekisho:${person.username}`]);

    const other = await signIns.withPassword({ username: person.username, password: NEW_PASSWORD, origin: elsewhere });
    expect(other.next).toBe('enrol');
    expect((await signIns.enrolment({ token: other.token, origin: elsewhere })).secret).not.toBe(offers[0]!.secret);
  });

  it('is confirmed by a code, which completes the sign-in and is used up', async () => {
    const { signIns, invitation, person, codeOf, events } = await invited();
    const { token } = await signIns.redeemInvitation({ token: invitation, password: NEW_PASSWORD, origin: home });
    const { secret } = await signIns.enrolment({ token, origin: home });
    expect((await refusalOf(signIns.confirmEnrolment({ token, code: '000000', origin: home }))).code).toBe('one-time-code-wrong');
    const done = await signIns.confirmEnrolment({ token, code: codeOf(secret), origin: home });
    expect(await signIns.resolve(done.token)).toMatchObject({ personId: person.id });

    const half = await signIns.withPassword({ username: person.username, password: NEW_PASSWORD, origin: home });
    expect(half.next).toBe('totp');
    expect((await refusalOf(signIns.withTotp({ token: half.token, code: codeOf(secret), origin: home }))).code).toBe('one-time-code-used');
    expect((await refusalOf(signIns.confirmEnrolment({ token, code: codeOf(secret), origin: home }))).code).toBe('one-time-code-used');
    const told = (await events()).filter(({ actor, fields }) => actor['personId'] === person.id || fields['personId'] === person.id).map(({ event }) => event);
    expect(told).toEqual(expect.arrayContaining(['personAdded', 'roleGranted', 'invitationIssued', 'invitationRedeemed', 'authenticatorEnrolled', 'signInCompleted', 'passwordAccepted']));
  });

  it('is over once there is a confirmed one, also in a sign-in that had begun its own', async () => {
    const { signIns, invitation, person, codeOf } = await invited();
    const first = await signIns.redeemInvitation({ token: invitation, password: NEW_PASSWORD, origin: home });
    const second = await signIns.withPassword({ username: person.username, password: NEW_PASSWORD, origin: elsewhere });
    const [mine, theirs] = [await signIns.enrolment({ token: first.token, origin: home }), await signIns.enrolment({ token: second.token, origin: elsewhere })];
    const answers = await Promise.allSettled([
      signIns.confirmEnrolment({ token: first.token, code: codeOf(mine.secret), origin: home }),
      signIns.confirmEnrolment({ token: second.token, code: codeOf(theirs.secret), origin: elsewhere }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = answers.find((answer) => answer.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'enrolment-not-open' });
    const { count } = await test.database.selectFrom('authenticator').where('person_id', '=', person.id).select((select) => select.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    expect(count).toBe(1);
  });

  it('needs a half-finished sign-in, and an offer', async () => {
    const { signIns, invitation } = await invited();
    expect((await refusalOf(signIns.enrolment({ token: 'x'.repeat(43), origin: home }))).code).toBe('sign-in-required');
    const { token } = await signIns.redeemInvitation({ token: invitation, password: NEW_PASSWORD, origin: home });
    expect((await refusalOf(signIns.confirmEnrolment({ token, code: '123456', origin: home }))).code).toBe('enrolment-not-open');
    expect((await refusalOf(signIns.withTotp({ token, code: '123456', origin: home }))).code).toBe('conflict');
  });
});
